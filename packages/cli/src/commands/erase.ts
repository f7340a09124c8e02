import type { Command } from 'commander';
import { usageError } from '../command-error.ts';
import { confirm } from '../confirmation.ts';
import type { Environment } from '../environment.ts';
import { type ErasedUserOptions, erasedUser } from '../erased-user.ts';
import { counted } from '../figures.ts';
import { quoted } from '../shown.ts';
import { type StoreOptions, storeCommand } from '../store-command.ts';
import { storeFile } from '../store-file.ts';
import { doStoreWork } from '../store-work.ts';

interface EraseOptions extends StoreOptions, ErasedUserOptions {
  yes?: true;
}

const TEXTS = {
  name: 'erase',
  summary: 'remove a user from what was measured',
  description: [
    'Remove a user, under every pseudonym that the key file beside the store still knows.',
    'What the user requested still counts, as requests of nobody in particular.',
    'Backups and exports made before still have the pseudonyms.',
  ].join(' '),
  examples: `  The name typed, after a question (the process list shows it meanwhile):
    tacho erase --user alice@example.org
  The name from a file, in a script:
    tacho erase --yes --user-file name.txt`,
};

export function eraseCommand(environment: Environment): Command {
  return (
    storeCommand(TEXTS, environment)
      .option('--user <name>', 'as the service gets it; the process list shows it')
      .option('--user-file <file>', 'read the name there, - is stdin')
      .option('--yes', 'do not ask')
      // Refused below: commander's message would repeat what may be the name.
      .allowExcessArguments()
      .action((options: EraseOptions, { args }: Command) => erase(options, args, environment))
  );
}

async function erase(
  options: EraseOptions,
  args: readonly string[],
  environment: Environment,
): Promise<void> {
  if (args.length > 0)
    throw usageError('erase takes the name by --user or --user-file; see tacho erase --help');
  const file = storeFile(options.store, environment);
  const user = await erasedUser(options, environment);
  await confirm(`Erase the user from ${quoted(file)}, for good?`, options.yes === true, environment);
  await doStoreWork(
    {
      name: TEXTS.name,
      json: options.json === true,
      file,
      start: (run) => environment.stores.erase(file, user, run),
      tell: ({ pseudonyms, rows }) =>
        `erased ${counted(pseudonyms, 'pseudonym')} from ${counted(rows, 'row')}`,
    },
    environment,
  );
}
