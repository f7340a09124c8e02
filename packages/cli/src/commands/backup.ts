import type { Command } from 'commander';
import type { Environment } from '../environment.ts';
import { counted, size } from '../figures.ts';
import { type StoreOptions, storeCommand } from '../store-command.ts';
import { namedFile, storeFile } from '../store-file.ts';
import { doStoreWork } from '../store-work.ts';
import { compactUtc } from '../utc.ts';

const TEXTS = {
  name: 'backup',
  summary: 'copy the store as of one moment, while services write to it',
  description: [
    'Copy the store as of one moment, while services write to it.',
    'The copy is encrypted as the store is; the key file beside the store is no part of it.',
  ].join(' '),
  examples: `  Into this folder, under the time's name:
    tacho backup
  To a disk of its own, at night, from a crontab:
    0 3 * * * cd /srv/app && npx tacho backup "/backup/tacho-$(date +\\%F).db"`,
};

export function backupCommand(environment: Environment): Command {
  return storeCommand(TEXTS, environment)
    .argument('[target]', 'a file that is not there yet; else tacho-backup-<UTC>.db here')
    .action((target: string | undefined, options: StoreOptions) => backup(target, options, environment));
}

async function backup(
  target: string | undefined,
  options: StoreOptions,
  environment: Environment,
): Promise<void> {
  const { folder, clock } = environment;
  const file = storeFile(options.store, environment);
  const to = namedFile('backup', target ?? `tacho-backup-${compactUtc(clock.now())}.db`, folder);
  await doStoreWork(
    {
      name: TEXTS.name,
      json: options.json === true,
      file,
      start: (run) => environment.stores.backup(file, to, run),
      tell: ({ path, bytes, rows }) => `backed up ${counted(rows, 'row')} to ${path}, ${size(bytes)}`,
    },
    environment,
  );
}
