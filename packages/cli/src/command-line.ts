import { Command } from 'commander';
import { CommandError, usageError } from './command-error.ts';
import type { Environment } from './environment.ts';
import { EXIT_CODES } from './exit-codes.ts';

export const PROGRAM = 'tacho';

/** A command that writes to the environment, and throws a `CommandError` where commander would exit. */
export function commandLine(name: string, { stdout, stderr }: Environment): Command {
  return new Command(name)
    .helpOption('-h, --help', 'print this')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // Said once, by whoever catches the error.
      outputError: () => {},
      getOutHelpWidth: () => stdout.columns,
      getErrHelpWidth: () => stdout.columns,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride((error) => {
      throw error.exitCode === 0
        ? new CommandError(EXIT_CODES.ok, '')
        : misuse(error.code, error.message, name);
    });
}

function misuse(code: string, message: string, name: string): CommandError {
  // The help has been written already.
  if (code === 'commander.help') return usageError('');
  const oneLine = message.replace(/^error: |\.$/g, '').replaceAll('\n', ' ');
  // A misspelt option's value may be a secret.
  const told = oneLine
    .replace(/^(unknown option '[^'=]*)=.*?'/, "$1'")
    .replace(/^(unknown option '-[^-']).+?'/, "$1'");
  return usageError(`${told}; see ${name === PROGRAM ? PROGRAM : `${PROGRAM} ${name}`} --help`);
}
