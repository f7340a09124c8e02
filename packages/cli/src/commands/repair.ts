import type { RepairResult } from '@tacho/store';
import type { Command } from 'commander';
import type { Environment } from '../environment.ts';
import { count, counted } from '../figures.ts';
import { type StoreOptions, storeCommand } from '../store-command.ts';
import { storeFile } from '../store-file.ts';
import { doStoreWork } from '../store-work.ts';

const TEXTS = {
  name: 'repair',
  summary: 'read what can be read of a damaged store into a new file',
  description: [
    'Read what can be read of a damaged store into a new file, and put that in its place;',
    'the damaged one is moved aside, never deleted. A store that is whole is left alone.',
  ].join(' '),
  examples: `  tacho repair
  What a service has moved aside:
    tacho repair --store .tacho/tacho.db.corrupt-20261123T124501Z`,
};

export function repairCommand(environment: Environment): Command {
  return storeCommand(TEXTS, environment).action((options: StoreOptions) => repair(options, environment));
}

async function repair(options: StoreOptions, environment: Environment): Promise<void> {
  const file = storeFile(options.store, environment);
  await doStoreWork(
    {
      name: TEXTS.name,
      json: options.json === true,
      file,
      start: (run) => environment.stores.repair(file, run),
      tell: outcome,
    },
    environment,
  );
}

function outcome({ path, rows, damaged, previous }: RepairResult): string {
  if (previous === undefined) return `nothing to repair: all ${counted(rows, 'row')} of ${path} can be read`;
  return `repaired ${path}: kept ${counted(rows, 'row')}, lost ${count(damaged)}; the damaged file is now ${previous}`;
}
