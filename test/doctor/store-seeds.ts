import { chmod, readFile, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  createStore,
  KEY,
  lock,
  OTHER_KEY,
  type SampleOptions,
  setUserVersion,
  storeIn,
} from '../../packages/cli/test/stores.ts';
import { closeLater, open, put } from './places.ts';
import type { Planted, Seed } from './seed.ts';

/** As a service makes it: for its owner alone. */
async function ownStore(folder: string, options?: SampleOptions): Promise<string> {
  const path = await createStore(folder, options);
  await chmod(dirname(path), 0o700);
  return path;
}

function at(path: string, variables: Readonly<Record<string, string>> = {}): Planted {
  return { arguments: ['--store', path], variables };
}

/** What is wrong with the store's file, and with its keys. */
export const STORE_SEEDS: readonly Seed[] = [
  {
    name: 'a store without the key it is encrypted with',
    id: 'store-file',
    status: 'problem',
    remedy: /^Set TACHO_ENCRYPTION_KEY .* to the key that the service has/,
    plant: async ({ folder }) => at(await ownStore(folder, { key: KEY })),
  },
  {
    name: 'a store with another key than its own',
    id: 'store-file',
    status: 'problem',
    remedy: /^Set TACHO_ENCRYPTION_KEY .* to the key that the file was written with/,
    plant: async ({ folder }) =>
      at(await ownStore(folder, { key: KEY }), { TACHO_ENCRYPTION_KEY: OTHER_KEY }),
  },
  {
    name: 'a store of a later tacho',
    id: 'store-file',
    status: 'problem',
    remedy: /^Update tacho .* npm install tacho@latest/,
    async plant({ folder }) {
      const path = await ownStore(folder);
      setUserVersion(path, 1000);
      return at(path);
    },
  },
  {
    name: 'a damaged store',
    id: 'store-file',
    status: 'problem',
    remedy: /^tacho repair --store \/.*tacho\.db$/,
    async plant({ folder }) {
      const path = await ownStore(folder);
      await truncate(path, (await readFile(path)).length / 2);
      return at(path);
    },
  },
  {
    name: 'a store that another program keeps locked',
    id: 'store-file',
    status: 'problem',
    remedy: /^Find who keeps it with "fuser \/.*tacho\.db", and end that/,
    async plant({ folder }) {
      const path = await ownStore(folder);
      closeLater({ close: lock(path) });
      return at(path);
    },
  },
  {
    name: 'a store that others may read',
    id: 'store-modes',
    status: 'problem',
    remedy: /^chmod 600 \/.*tacho\.db$/,
    async plant({ folder }) {
      const path = await ownStore(folder);
      await open(folder, '.tacho/tacho.db');
      return at(path);
    },
  },
  {
    name: 'a key file that others may read',
    id: 'store-modes',
    status: 'problem',
    remedy: /^chmod 600 \/.*key\.txt$/,
    async plant({ folder }) {
      await put(folder, { 'key.txt': KEY });
      await open(folder, 'key.txt');
      const path = await ownStore(folder, { key: KEY });
      return at(path, { TACHO_ENCRYPTION_KEY_FILE: join(folder, 'key.txt') });
    },
  },
  {
    name: 'a damaged store that a service has moved aside',
    id: 'moved-aside',
    status: 'warning',
    remedy: /^tacho repair --store \/.*\.corrupt-20261123T124501Z, then "tacho export/,
    async plant({ folder }) {
      const path = await ownStore(folder);
      await writeFile(`${storeIn(folder)}.corrupt-20261123T124501Z`, 'no database', { mode: 0o600 });
      return at(path);
    },
  },
];
