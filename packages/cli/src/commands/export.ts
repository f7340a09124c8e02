import type { ExportResult } from '@tacho/store';
import type { Command } from 'commander';
import { hasEncryptionKey } from '../encryption-keys.ts';
import type { Environment } from '../environment.ts';
import { counted, size } from '../figures.ts';
import { type StoreOptions, storeCommand } from '../store-command.ts';
import { namedFile, storeFile } from '../store-file.ts';
import { doStoreWork } from '../store-work.ts';
import { compactUtc } from '../utc.ts';

const TEXTS = {
  name: 'export',
  summary: 'write what the store holds as JSON Lines',
  description: [
    'Write what the store holds as JSON Lines: a header, then a line for each stretch of time,',
    'as fine as it is still kept. With an encryption key the file is encrypted, and tacho import or decrypt reads it.',
  ].join(' '),
  examples: `  Into this folder, under the time's name:
    tacho export
  For another program (jq skips the header):
    tacho export all.json && jq -c 'select(.window) | [.minute_ms, .window.endpoints[].route]' all.json`,
};

export function exportCommand(environment: Environment): Command {
  return storeCommand(TEXTS, environment)
    .argument(
      '[target]',
      'a file that is not there yet; else tacho-export-<UTC>.json here, .json.enc with a key',
    )
    .action((target: string | undefined, options: StoreOptions) => exportStore(target, options, environment));
}

async function exportStore(
  target: string | undefined,
  options: StoreOptions,
  environment: Environment,
): Promise<void> {
  const { folder } = environment;
  const file = storeFile(options.store, environment);
  const to = namedFile('export', target ?? defaultTarget(environment), folder);
  await doStoreWork(
    {
      name: TEXTS.name,
      json: options.json === true,
      file,
      start: (run) => environment.stores.export(file, to, run),
      tell: outcome,
    },
    environment,
  );
}

function defaultTarget({ clock, variables }: Environment): string {
  return `tacho-export-${compactUtc(clock.now())}.json${hasEncryptionKey(variables) ? '.enc' : ''}`;
}

function outcome({ path, bytes, windows, damaged }: ExportResult): string {
  const told = `exported ${counted(windows, 'window')} to ${path}, ${size(bytes)}`;
  return damaged === 0
    ? told
    : `${told}; ${counted(damaged, 'row')} could not be read, so tacho repair is due`;
}
