import type { Command } from 'commander';
import { commandLine } from '../command-line.ts';
import { printDecrypted } from '../decrypted-file.ts';
import type { Environment } from '../environment.ts';
import { STORE_EXIT_CODES_HELP } from '../exit-codes.ts';

const DESCRIPTION = [
  'Print an encrypted file as the JSON that it was: an export, or the metrics of tacho monitor --save.',
  'Each part is checked before it is printed; only the end tells that none is missing, so mind the exit code.',
].join(' ');

const DETAILS = `
Examples:
  tacho decrypt tacho-metrics-20261123T124501Z.json.enc | jq .reports.summary
  Into a file of one's own:
    (umask 077 && tacho decrypt tacho-export-20261123T124501Z.json.enc > export.json)

The key is read from TACHO_ENCRYPTION_KEY, or from the file that TACHO_ENCRYPTION_KEY_FILE names; never from the
command line, which the process list shows.

${STORE_EXIT_CODES_HELP}`;

export function decryptCommand(environment: Environment): Command {
  return commandLine('decrypt', environment)
    .summary('print an encrypted export or saved metrics as JSON')
    .description(DESCRIPTION)
    .argument('<file>', 'what was encrypted, - is stdin')
    .addHelpText('after', DETAILS)
    .action((file: string) => printDecrypted(file, environment));
}
