import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bytes, Session, type SessionOptions } from './session.ts';
import { createStore, KEY, storeIn, storeTools } from './stores.ts';
import { folderEachTest } from './temporary-folder.ts';

const folder = folderEachTest();

/** Runs a command that succeeds. @returns what it printed */
async function printed(argv: readonly string[], options: SessionOptions = {}): Promise<string> {
  const session = new Session({ folder: folder.path, stores: storeTools, ...options });
  const exitCode = await session.run(...argv);
  expect([exitCode, session.stderr]).toEqual([0, '']);
  return session.stdout;
}

async function json(...argv: string[]): Promise<Record<string, unknown>> {
  const text = await printed([...argv, '--json']);
  expect(text).toMatch(/^\{.*\}\n$/);
  return JSON.parse(text);
}

describe('a backup', () => {
  it('is named after the time, and for its owner alone', async () => {
    await createStore(folder.path);
    const path = join(folder.path, 'tacho-backup-20261123T124501Z.db');
    expect(await printed(['backup'])).toMatch(new RegExp(`^backed up 3 rows to ${path}, [\\d.]+ kB\\n$`));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder.path)).toEqual(['.tacho', 'tacho-backup-20261123T124501Z.db']);
  });

  it('is restored in the place of the store, which is kept', async () => {
    const path = await createStore(folder.path);
    const backup = await json('backup', 'b.db');
    expect(backup).toEqual({ path: join(folder.path, 'b.db'), bytes: expect.any(Number), rows: 3 });
    const restored = await json('restore', '--yes', 'b.db');
    expect(restored).toEqual({ path, rows: 3, previous: expect.stringContaining(path) });
    expect(await stat(String(restored.previous))).toBeDefined();
  });

  it('is restored where there was nothing', async () => {
    await createStore(folder.path);
    await printed(['backup', 'b.db']);
    const elsewhere = join(folder.path, 'elsewhere.db');
    const restored = await json('restore', '--yes', 'b.db', '--store', 'elsewhere.db');
    expect(restored).toEqual({ path: elsewhere, rows: 3, previous: null });
  });

  it('is restored after a yes', async () => {
    await createStore(folder.path);
    await printed(['backup', 'b.db']);
    const session = new Session({
      folder: folder.path,
      stores: storeTools,
      terminal: { columns: 80, rows: 24 },
      stdin: bytes('Y\n'),
    });
    expect(await session.run('restore', 'b.db')).toBe(0);
    expect(session.stdout).toMatch(/^restored 3 rows to .*tacho\.db; what was there is now .*\n$/);
  });
});

describe('an export', () => {
  it('is JSON, a line for each stretch of time', async () => {
    await createStore(folder.path);
    const path = join(folder.path, 'tacho-export-20261123T124501Z.json');
    expect(await printed(['export'])).toMatch(new RegExp(`^exported 3 windows to ${path}, [\\d.]+ kB\\n$`));
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line))[0])).toEqual([
      'format',
      ...Array(3).fill('minute_ms'),
      'windows',
    ]);
  });

  it('is imported once', async () => {
    await createStore(folder.path);
    await printed(['export', 'all.json']);
    const other = join(folder.path, 'other');
    await mkdir(other);
    const store = await createStore(other, { minutes: 0 });
    const into = ['import', 'all.json', '--store', store];
    expect(await printed(into)).toBe('imported 3 of 3 windows\n');
    expect(await printed(into)).toBe('imported 0 of 3 windows; the store had the other 3\n');
    expect(await json(...into)).toEqual({ windows: 3, known: 3, partlyKnown: 0 });
  });

  it('is encrypted where there is a key, and so is the store', async () => {
    const variables = { TACHO_ENCRYPTION_KEY: KEY, TACHO_STORE: 'sealed/.tacho/tacho.db' };
    await createStore(join(folder.path, 'sealed'), { key: KEY });
    await printed(['export'], { variables });
    const exported = await readFile(join(folder.path, 'tacho-export-20261123T124501Z.json.enc'));
    expect(exported.includes('secret-route')).toBe(false);
    expect(await printed(['import', 'tacho-export-20261123T124501Z.json.enc'], { variables })).toBe(
      'imported 0 of 3 windows; the store had the other 3\n',
    );
  });

  it('takes its key from a file, and says where others can read that', async () => {
    await createStore(folder.path, { key: KEY });
    await writeFile(join(folder.path, 'key'), `${KEY}\n`, { mode: 0o600 });
    const variables = { TACHO_ENCRYPTION_KEY_FILE: 'key' };
    expect(await printed(['export', 'all'], { variables })).toMatch(/^exported 3 windows/);
    await writeFile(join(folder.path, 'open'), KEY, { mode: 0o644 });
    const session = new Session({
      folder: folder.path,
      stores: storeTools,
      variables: { TACHO_ENCRYPTION_KEY_FILE: 'open' },
    });
    expect(await session.run('backup')).toBe(0);
    expect(session.stderr).toBe(
      'tacho: TACHO_ENCRYPTION_KEY_FILE="open" can be read by others than its owner\n',
    );
  });
});

describe('repair', () => {
  it('leaves a whole store alone', async () => {
    const path = await createStore(folder.path);
    expect(await printed(['repair'])).toBe(`nothing to repair: all 3 rows of ${path} can be read\n`);
    expect(await json('repair')).toEqual({ path, rows: 3, damaged: 0, previous: null });
  });
});

describe('erase', () => {
  it.each([
    ['typed', ['--user', 'alice'], ''],
    ['in a file', ['--user-file', 'name'], ''],
    ['on stdin', ['--user-file', '-'], 'alice\n'],
  ])('removes a user whose name is %s, and never says it', async (_, argv, stdin) => {
    await createStore(folder.path);
    await writeFile(join(folder.path, 'name'), 'alice\n');
    const told = await printed(['erase', '--yes', ...argv], { stdin: bytes(stdin) });
    expect(told).toMatch(/^erased 1 pseudonym from 3 rows\n$/);
    expect(await json('erase', '--yes', '--user', 'alice')).toEqual({ pseudonyms: 1, rows: 0 });
  });
});

it('a store is found by TACHO_STORE, and --store comes first', async () => {
  await createStore(join(folder.path, 'a'));
  await createStore(join(folder.path, 'b'), { minutes: 7 });
  const variables = { TACHO_STORE: storeIn(join(folder.path, 'a')) };
  expect(await printed(['backup', '1.db'], { variables })).toMatch(/^backed up 3 rows/);
  const chosen = ['backup', '2.db', '--store', join('b', '.tacho', 'tacho.db')];
  expect(await printed(chosen, { variables })).toMatch(/^backed up 7 rows/);
});
