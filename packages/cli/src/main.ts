import { CommandError, failure } from './command-error.ts';
import { commandLine, PROGRAM } from './command-line.ts';
import { alertsCommand } from './commands/alerts.ts';
import { backupCommand } from './commands/backup.ts';
import { checkCommand } from './commands/check.ts';
import { decryptCommand } from './commands/decrypt.ts';
import { doctorCommand } from './commands/doctor.ts';
import { eraseCommand } from './commands/erase.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { monitorCommand } from './commands/monitor.ts';
import { repairCommand } from './commands/repair.ts';
import { reportCommand } from './commands/report.ts';
import { restoreCommand } from './commands/restore.ts';
import type { Environment } from './environment.ts';
import { escapeControls } from './escape.ts';
import { EXIT_CODES } from './exit-codes.ts';

/**
 * The `tacho` command. Never rejects: what goes wrong is one line on stderr.
 * @param argv what follows the command's name
 * @returns the exit code: one of `EXIT_CODES`, or a signal's
 */
export async function main(argv: readonly string[], environment: Environment): Promise<number> {
  const { stdout, stderr } = environment;
  try {
    await obey(argv, environment);
    await stdout.flush();
    stdout.closed.throwIfAborted();
    return EXIT_CODES.ok;
  } catch (error) {
    const { exitCode, message } = error instanceof CommandError ? error : internalError(error);
    if (message !== '') stderr.write(`${PROGRAM}: ${escapeControls(message)}\n`);
    return exitCode;
  }
}

async function obey(argv: readonly string[], environment: Environment): Promise<void> {
  const program = commandLine(PROGRAM, environment)
    .description('Watch services that tacho measures, and look after the file that holds their history.')
    .version(environment.version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print how to use a command')
    .addCommand(monitorCommand(environment))
    .addCommand(reportCommand(environment))
    .addCommand(alertsCommand(environment))
    .addCommand(checkCommand(environment))
    .addCommand(doctorCommand(environment))
    .addCommand(backupCommand(environment))
    .addCommand(restoreCommand(environment))
    .addCommand(exportCommand(environment))
    .addCommand(importCommand(environment))
    .addCommand(decryptCommand(environment))
    .addCommand(repairCommand(environment))
    .addCommand(eraseCommand(environment));
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // So ends a command that prints its help or the version.
    if (!(error instanceof CommandError && error.exitCode === EXIT_CODES.ok)) throw error;
  }
}

/** A mistake of ours: where it happened stands on the same line. */
function internalError(error: unknown): CommandError {
  const [what, where = ''] = (error instanceof Error && error.stack ? error.stack : String(error)).split(
    '\n    ',
  );
  return failure(`internal error: ${what} ${where}`.trim());
}
