import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Session } from './session.ts';
import { copyOf, createStore, KEY, lock, OTHER_KEY, setUserVersion, storeIn, storeTools } from './stores.ts';
import { folderEachTest } from './temporary-folder.ts';

const folder = folderEachTest();

const COMMANDS = {
  backup: ['backup', 'new'],
  export: ['export', 'new'],
  import: ['import', 'all.json'],
  repair: ['repair'],
  erase: ['erase', '--yes', '--user', 'alice'],
};
type Name = keyof typeof COMMANDS;
const ALL = Object.keys(COMMANDS) as Name[];

/** A folder with a store, a backup and an export of it. */
async function prepare(key?: string): Promise<string> {
  await copyOf(`files ${key}`, folder.path, async (made) => {
    await createStore(made, key === undefined ? {} : { key });
    const variables: Record<string, string> = key === undefined ? {} : { TACHO_ENCRYPTION_KEY: key };
    for (const argv of [
      ['backup', 'b.db'],
      ['export', 'all.json'],
    ]) {
      const session = new Session({ folder: made, stores: storeTools, variables });
      expect([await session.run(...argv), session.stderr]).toEqual([0, '']);
    }
  });
  return storeIn(folder.path);
}

/** Runs a command that fails, and makes sure that it leaves every file as it was. @returns what it said */
async function failure(argv: readonly string[], code: number, key?: string): Promise<string> {
  const before = await contents();
  const variables: Record<string, string> = key === undefined ? {} : { TACHO_ENCRYPTION_KEY: key };
  const session = new Session({ folder: folder.path, stores: storeTools, variables });
  expect({ argv, code: await session.run(...argv), stderr: session.stderr }).toMatchObject({ code });
  expect(session.stdout).toBe('');
  expect(session.stderr).toMatch(/^tacho: [^\n]+\n$/);
  expect(session.stderr).not.toMatch(/alice| {4}at /);
  expect(await contents()).toEqual(before);
  return session.stderr;
}

/** Of all files but the shared memory of SQLite, which any reader may write. */
async function contents(): Promise<Record<string, string>> {
  const names = await readdir(folder.path, { recursive: true });
  const files: Record<string, string> = {};
  for (const name of names.filter((name) => !name.endsWith('-shm')).sort()) {
    const path = join(folder.path, name);
    if ((await stat(path)).isFile()) files[name] = (await readFile(path)).toString('base64');
  }
  // An empty log is as good as none.
  return Object.fromEntries(
    Object.entries(files).filter(([name, file]) => !(name.endsWith('-wal') && file === '')),
  );
}

describe('a store that is', () => {
  it('missing: exit code 3', async () => {
    await prepare();
    await rm(join(folder.path, '.tacho'), { recursive: true });
    for (const name of ALL) expect(await failure(COMMANDS[name], 3)).toMatch(/Say with --store/);
  });

  it('locked: exit code 4', async () => {
    const unlock = lock(await prepare());
    try {
      for (const said of await Promise.all(ALL.map((name) => sessionOf(COMMANDS[name])))) {
        expect(said).toEqual([4, expect.stringMatching(/locked/)]);
      }
    } finally {
      unlock();
    }
  });

  it('no store: exit code 5', async () => {
    const path = await prepare();
    await writeFile(path, 'x'.repeat(10_000));
    for (const name of ALL.filter((name) => name !== 'repair')) await failure(COMMANDS[name], 5);
  });

  it('of a later version: exit code 6', async () => {
    setUserVersion(await prepare(), 99);
    for (const name of ALL) expect(await failure(COMMANDS[name], 6)).toMatch(/Update tacho/);
  });

  it('encrypted, without its key: exit codes 7 and 8', async () => {
    await prepare(KEY);
    for (const name of ['export', 'import', 'erase'] as const) {
      expect(await failure(COMMANDS[name], 7)).toMatch(/TACHO_ENCRYPTION_KEY/);
      expect(await failure(COMMANDS[name], 8, OTHER_KEY)).toMatch(/another key/);
    }
  });
});

describe('what a command reads that is', () => {
  const READING = [
    ['restore', '--yes', 'from'],
    ['import', 'from'],
  ];

  it('missing: exit code 3', async () => {
    await prepare();
    for (const argv of READING) expect(await failure(argv, 3)).not.toMatch(/--store/);
  });

  it('something else: exit code 5', async () => {
    await prepare();
    await writeFile(join(folder.path, 'from'), 'x'.repeat(10_000));
    for (const argv of READING) await failure(argv, 5);
  });

  it('of a later version: exit code 6', async () => {
    await prepare();
    setUserVersion(join(folder.path, 'b.db'), 99);
    await failure(['restore', '--yes', 'b.db'], 6);
  });

  it('encrypted, without its key: exit codes 7 and 8', async () => {
    await prepare(KEY);
    await failure(['restore', '--yes', 'b.db'], 7);
    await failure(['restore', '--yes', 'b.db'], 8, OTHER_KEY);
    await rm(storeIn(folder.path));
    await createStore(folder.path);
    await failure(['import', 'all.json'], 7);
    await failure(['import', 'all.json'], 8, OTHER_KEY);
  });
});

it('what a command is to write is never written over anything, and needs a folder', async () => {
  await prepare();
  for (const name of ['backup', 'export']) {
    expect(await failure([name, 'all.json'], 1)).toMatch(/already/);
    expect(await failure([name, join('none', 'x')], 3)).toMatch(/none: there is no such file/);
  }
});

async function sessionOf(argv: readonly string[]): Promise<[number, string]> {
  const session = new Session({ folder: folder.path, stores: storeTools });
  return [await session.run(...argv), session.stderr];
}
