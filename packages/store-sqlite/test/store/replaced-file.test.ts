import {
  closeSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import type { WindowRow } from '@tacho/store';
import { newPath, openTestStore, rowOf, storedRequests, type TestStore, UNAVAILABLE } from './test-store.ts';

/** Whoever comes while another moves the file, or begins the new one, has to come again. */
async function appendInTheEnd({ store, clock }: TestStore, row: WindowRow): Promise<void> {
  for (let attempt = 1; attempt < 20; attempt++) {
    try {
      return await store.windows.append([row]);
    } catch {
      clock.nowMs += 2500;
    }
  }
  await store.windows.append([row]);
}

function moveStore(from: string, to: string): void {
  for (const suffix of ['', '-wal', '-shm']) renameSync(from + suffix, to + suffix);
}

describe('a file that is replaced while it is open', () => {
  it('is left, and the other one is gone on with', async () => {
    const { store, path, notices } = openTestStore();
    await store.windows.append([rowOf(0, { requests: 3 })]);
    const away = `${path}.away`;
    moveStore(path, away);
    const other = openTestStore(path);
    await other.store.windows.append([rowOf(0, { writer: 'other', requests: 10 })]);

    await store.windows.append([rowOf(1, { requests: 4 })]);
    expect(await storedRequests(store)).toBe(14);
    expect(await storedRequests(other.store)).toBe(14);
    expect(notices).toEqual([{ kind: 'replaced' }]);
    expect(await storedRequests(openTestStore(away).store)).toBe(3);
  });

  it('is begun anew where it was deleted', async () => {
    const { store, path, notices } = openTestStore();
    await store.windows.append([rowOf(0)]);
    for (const name of readdirSync(dirname(path))) rmSync(join(dirname(path), name), { recursive: true });
    await store.windows.append([rowOf(1)]);
    expect(await storedRequests(store)).toBe(1);
    expect(notices).toEqual([{ kind: 'replaced' }]);
    await store.close();
    expect(await storedRequests(openTestStore(path).store)).toBe(1);
  });
});

describe('a damaged file', () => {
  it('is moved aside when it is opened, and begun anew', async () => {
    const path = newPath();
    writeFileSync(path, Buffer.alloc(10_000, 'not a database '));
    const { store, notices } = openTestStore(path);
    await store.windows.append([rowOf(0)]);
    expect(await storedRequests(store)).toBe(1);
    expect(notices).toMatchObject([{ kind: 'moved-aside', path: expect.stringContaining('.corrupt-') }]);
  });

  it('is moved aside when the damage is found later', async () => {
    const path = newPath();
    const first = openTestStore(path);
    await first.store.windows.append(Array.from({ length: 200 }, (_, n) => rowOf(n, { requests: 100 })));
    await first.store.close();
    damageIndex(path);

    const { store, notices } = openTestStore(path);
    await store.windows.append([rowOf(1000)]);
    await store.windows.append([rowOf(1001)]);
    expect(await storedRequests(store)).toBe(2);
    expect(notices).toMatchObject([{ kind: 'moved-aside' }]);
    expect(readdirSync(dirname(path)).filter((name) => /corrupt-\w+$/.test(name))).toHaveLength(1);
  });

  it.each([
    ['emptied', (path: string) => truncateSync(path, 0)],
    ['cut in half', (path: string) => truncateSync(path, statSync(path).size / 2)],
    ['overwritten', (path: string) => writeFileSync(path, Buffer.alloc(50_000, 'not a database '))],
    ['overwritten at its start', (path: string) => overwriteStart(path)],
  ])('is moved aside when it is %s while it is open', async (_, harm) => {
    const { store, path, clock, notices } = openTestStore();
    await store.windows.append([rowOf(0)]);
    harm(path);
    for (let sequence = 1; sequence <= 4; sequence++) {
      clock.nowMs += 10_000;
      await store.windows.append([rowOf(sequence)]);
    }
    expect(notices).toMatchObject([{ kind: 'moved-aside', reason: 'the file was overwritten or cut off' }]);
    expect(await storedRequests(store)).toBeGreaterThanOrEqual(2);
    const stored = await storedRequests(store);
    await store.close();
    expect(await storedRequests(openTestStore(path).store)).toBe(stored);
  });

  it('is moved aside once by two who find the damage', async () => {
    const path = newPath();
    const first = openTestStore(path);
    await first.store.windows.append(Array.from({ length: 200 }, (_, n) => rowOf(n, { requests: 100 })));
    await first.store.close();
    damageIndex(path);

    const stores = [openTestStore(path), openTestStore(path), openTestStore(path)];
    await Promise.all(stores.map((test, n) => appendInTheEnd(test, rowOf(0, { writer: `writer ${n}` }))));
    for (const { store } of stores) expect(await storedRequests(store)).toBe(3);
    expect(
      stores.flatMap(({ notices }) => notices.filter(({ kind }) => kind === 'moved-aside')),
    ).toHaveLength(1);
    const corrupt = new RegExp(`^${basename(path)}\\.corrupt-\\w+$`);
    expect(readdirSync(dirname(path)).filter((name) => corrupt.test(name))).toHaveLength(1);
  });
});

describe('a file that is not ours', () => {
  it('is left as it is', async () => {
    const path = newPath();
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE theirs (id INTEGER) STRICT; INSERT INTO theirs VALUES (1)');
    database.close();
    const { store, notices } = openTestStore(path);
    await expect(store.windows.append([rowOf(0)])).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.state.get('key')).rejects.toMatchObject(UNAVAILABLE);
    expect(notices).toMatchObject([{ kind: 'unavailable', reason: 'not a tacho store, and left untouched' }]);
    expect(readdirSync(dirname(path))).toEqual([basename(path)]);
    expect(new DatabaseSync(path).prepare('SELECT id FROM theirs').all()).toEqual([{ id: 1 }]);
  });
});

/** Page 3 and on, but not those whose first page is looked at when the file is opened. */
function damageIndex(path: string): void {
  const database = new DatabaseSync(path);
  const inner = database
    .prepare(
      `SELECT pageno FROM dbstat WHERE name = 'window_key' AND pagetype = 'leaf' ORDER BY path DESC LIMIT 1`,
    )
    .get();
  database.close();
  const page = Number(inner?.pageno);
  expect(page).toBeGreaterThan(1);
  const file = new DatabaseSync(path);
  file.close();
  writePage(path, page);
}

function overwriteStart(path: string): void {
  const handle = openSync(path, 'r+');
  writeSync(handle, Buffer.alloc(1000, 'not a database '), 0, 1000, 0);
  closeSync(handle);
}

function writePage(path: string, page: number): void {
  const handle = openSync(path, 'r+');
  writeSync(handle, Buffer.alloc(4096, 0xff), 0, 4096, (page - 1) * 4096);
  closeSync(handle);
}
