import type { Command } from 'commander';
import { confirm } from '../confirmation.ts';
import type { Environment } from '../environment.ts';
import { counted } from '../figures.ts';
import { quoted } from '../shown.ts';
import { type StoreOptions, storeCommand } from '../store-command.ts';
import { namedFile, storeFile } from '../store-file.ts';
import { doStoreWork } from '../store-work.ts';

interface RestoreOptions extends StoreOptions {
  yes?: true;
}

const TEXTS = {
  name: 'restore',
  summary: "put a backup in the store's place",
  description: [
    "Check a backup and put it in the store's place; what was there is moved aside, never deleted.",
    'What services measured since the backup was made is in the file that was moved aside:',
    'export it there and import it here to have both.',
  ].join(' '),
  examples: `  After a question:
    tacho restore tacho-backup-20261123T030000Z.db
  In a script:
    tacho restore --yes --store /srv/app/.tacho/tacho.db /backup/tacho-2026-11-23.db`,
};

export function restoreCommand(environment: Environment): Command {
  return storeCommand(TEXTS, environment)
    .argument('<backup>', 'what tacho backup wrote')
    .option('--yes', 'do not ask')
    .action((backup: string, options: RestoreOptions) => restore(backup, options, environment));
}

async function restore(backup: string, options: RestoreOptions, environment: Environment): Promise<void> {
  const { folder } = environment;
  const file = storeFile(options.store, environment);
  const from = namedFile('restore', backup, folder);
  await confirm(`Put the backup in the place of ${quoted(file)}?`, options.yes === true, environment);
  await doStoreWork(
    {
      name: TEXTS.name,
      json: options.json === true,
      file,
      start: (run) => environment.stores.restore(from, file, run),
      tell: ({ path, rows, previous }) =>
        `restored ${counted(rows, 'row')} to ${path}${
          previous === undefined ? '' : `; what was there is now ${previous}`
        }`,
    },
    environment,
  );
}
