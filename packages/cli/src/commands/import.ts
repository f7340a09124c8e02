import type { ImportResult } from '@tacho/store';
import type { Command } from 'commander';
import type { Environment } from '../environment.ts';
import { count, counted } from '../figures.ts';
import { type StoreOptions, storeCommand } from '../store-command.ts';
import { namedFile, storeFile } from '../store-file.ts';
import { doStoreWork } from '../store-work.ts';

const TEXTS = {
  name: 'import',
  summary: 'add what an export holds',
  description: [
    'Add what an export holds to the store, while services write to it. Whatever was measured into this store,',
    'or was imported before, is known and not counted again: an import that was interrupted is finished by',
    'starting it once more.',
  ].join(' '),
  examples: `  tacho import tacho-export-20261123T124501Z.json
  Into the store of another service:
    tacho import --store /srv/other/.tacho/tacho.db all.json`,
};

export function importCommand(environment: Environment): Command {
  return storeCommand(TEXTS, environment)
    .argument('<file>', 'what tacho export wrote')
    .action((from: string, options: StoreOptions) => importFile(from, options, environment));
}

async function importFile(path: string, options: StoreOptions, environment: Environment): Promise<void> {
  const { folder } = environment;
  const file = storeFile(options.store, environment);
  const from = namedFile('import', path, folder);
  await doStoreWork(
    {
      name: TEXTS.name,
      json: options.json === true,
      file,
      start: (run) => environment.stores.import(from, file, run),
      tell: outcome,
    },
    environment,
  );
}

function outcome({ windows, known, partlyKnown }: ImportResult): string {
  const told = `imported ${count(windows - known)} of ${counted(windows, 'window')}`;
  if (known === 0) return told;
  const others = `${told}; the store had the other ${count(known)}`;
  return partlyKnown === 0 ? others : `${others}, ${count(partlyKnown)} of them in part, which was left so`;
}
