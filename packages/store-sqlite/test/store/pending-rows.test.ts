import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startRival } from './rival.ts';
import { KEY_A, KEY_B, newPath, openTestStore, rowOf, storedRequests } from './test-store.ts';

function namesIn(path: string): string[] {
  const names = existsSync(`${path}.pending`) ? readdirSync(`${path}.pending`) : [];
  return names.filter((name) => name !== '.gitignore');
}

describe('rows that a process leaves beside the file', () => {
  it('are taken in by whoever maintains it, once', async () => {
    const { store, path } = openTestStore();
    await store.windows.append([rowOf(0)]);
    const unlock = await startRival(path, 'BEGIN IMMEDIATE');
    const startMs = performance.now();
    await store.savePending([rowOf(0), rowOf(1, { requests: 7 })]);
    store.savePendingAtExit([rowOf(2, { requests: 5 })]);
    console.log(`saved in ${(performance.now() - startMs).toFixed(1)} ms`);
    await unlock();

    const other = openTestStore(path);
    expect(await storedRequests(other.store)).toBe(1);
    await other.store.windows.maintain();
    expect(await storedRequests(other.store)).toBe(13);
    expect(namesIn(path)).toEqual([]);
    await store.windows.append([rowOf(1, { requests: 7 })]);
    expect(await storedRequests(other.store)).toBe(13);
  });

  it('are taken in where they were left before there was a file', async () => {
    const { store } = openTestStore();
    await store.savePending([rowOf(0)]);
    await store.windows.maintain();
    expect(await storedRequests(store)).toBe(1);
  });

  it('are not written where there are none', async () => {
    const { store, path } = openTestStore();
    await store.savePending([]);
    store.savePendingAtExit([]);
    expect(namesIn(path)).toEqual([]);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
    [
      'with a bit turned over',
      (bytes: Buffer) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 4),
    ],
    ['empty', () => Buffer.alloc(0)],
    ['of something else', () => Buffer.from('rows')],
  ])('are set aside where the file is %s', async (_, damage) => {
    const { store, path, notices } = openTestStore();
    await store.savePending([rowOf(0)]);
    const file = join(`${path}.pending`, namesIn(path)[0]!);
    writeFileSync(file, damage(readFileSync(file)));
    await store.windows.maintain();
    await store.windows.maintain();
    expect(await storedRequests(store)).toBe(0);
    expect(notices).toEqual([{ kind: 'pending-damaged', path: `${file}.damaged` }]);
    expect(namesIn(path)).toHaveLength(1);
  });

  it('wait where their key was not given', async () => {
    const path = newPath();
    await openTestStore(path, { encryptionKeys: [KEY_B] }).store.savePending([rowOf(0)]);
    expect(readFileSync(join(`${path}.pending`, namesIn(path)[0]!)).includes('minuteMs')).toBe(false);
    const { store } = openTestStore(path, { encryptionKeys: [KEY_A] });
    await store.windows.maintain();
    expect(await storedRequests(store)).toBe(0);
    await store.close();
    const both = openTestStore(path, { encryptionKeys: [KEY_A, KEY_B] }).store;
    await both.windows.maintain();
    expect(await storedRequests(both)).toBe(1);
    expect(namesIn(path)).toEqual([]);
  });
});
