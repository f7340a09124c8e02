import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '@tacho/core';
import type { StoreReading } from '@tacho/store';
import { createStoreTools } from '@tacho/store-sqlite';
import { MIGRATIONS } from '../../src/file/migrations.ts';
import { openStoreFile } from '../../src/file/open-store-file.ts';
import {
  KEY_A,
  KEY_B,
  NOON_MS,
  newPath,
  openTestStore,
  requestsIn,
  rowOf,
  UNAVAILABLE,
} from './test-store.ts';

const { read } = createStoreTools(() => NOON_MS);
const ALL_TIME = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

const open: StoreReading[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((reading) => reading.close()));
});

async function readingOf(path: string, encryptionKeys: readonly Uint8Array[] = []): Promise<StoreReading> {
  const reading = await read(path, { encryptionKeys });
  open.push(reading);
  return reading;
}

async function requestsOf(reading: StoreReading): Promise<number> {
  return requestsIn((await reading.window(...ALL_TIME)).window);
}

/** A store of three minutes with two requests each, as a service that has ended leaves it. */
async function endedStore(encryptionKeys: readonly Uint8Array[] = []): Promise<string> {
  const { store, path } = openTestStore(newPath(), { encryptionKeys });
  const minutes = [0, 1, 2].map((n) => rowOf(n, { requests: 2, minuteMs: NOON_MS + n * MINUTE_MS }));
  await store.windows.append(minutes);
  await store.close();
  return path;
}

/** Every file in the store's folder, to the byte. */
function folderOf(path: string): unknown {
  const folder = dirname(path);
  return readdirSync(folder)
    .sort()
    .map((name) => [name, statSync(`${folder}/${name}`).mtimeMs, readFileSync(`${folder}/${name}`, 'hex')]);
}

describe('a reading', () => {
  it.each([
    ['in the clear', []],
    ['encrypted', [KEY_A]],
  ])('answers what is stored, %s, and leaves every byte as it was', async (_, keys) => {
    const path = await endedStore(keys);
    const before = folderOf(path);
    const reading = await readingOf(path, keys);
    expect(await requestsOf(reading)).toBe(6);
    const one = await reading.window(NOON_MS, NOON_MS + MINUTE_MS, { users: false });
    expect(one).toMatchObject({ fromMs: NOON_MS, resolution: 'minute', skippedRows: 0, partial: false });
    expect(requestsIn(one.window)).toBe(2);
    const { steps } = await reading.series({
      fromMs: NOON_MS,
      toMs: NOON_MS + 10 * MINUTE_MS,
      stepMs: MINUTE_MS,
      endpoint: 'GET /1',
    });
    expect(steps.map(({ startMs, stats }) => [(startMs - NOON_MS) / MINUTE_MS, stats.total])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    await reading.close();
    expect(folderOf(path)).toEqual(before);
  });

  it('sees what a service stores meanwhile, and holds it up nowhere', async () => {
    const { store, path } = openTestStore();
    await store.windows.append([rowOf(0)]);
    const reading = await readingOf(path);
    for (let row = 1; row <= 20; row++) {
      await store.windows.append([rowOf(row)]);
      expect(await requestsOf(reading)).toBe(row + 1);
    }
    await store.windows.maintain();
    expect(await requestsOf(reading)).toBe(21);
  });

  it('goes on with the file that has taken the place, and after one that was gone', async () => {
    const path = await endedStore();
    const other = await endedStore();
    const reading = await readingOf(path);
    expect(await requestsOf(reading)).toBe(6);
    renameSync(path, `${path}.aside`);
    await expect(requestsOf(reading)).rejects.toMatchObject({ code: 'TACHO_STORE_MISSING' });
    renameSync(other, path);
    expect(await requestsOf(reading)).toBe(6);
  });

  it('says why it can not, and creates nothing', async () => {
    const missing = newPath();
    await expect(readingOf(missing)).rejects.toMatchObject({ code: 'TACHO_STORE_MISSING' });
    expect(readdirSync(dirname(missing))).toEqual([]);
    writeFileSync(missing, 'text');
    await expect(readingOf(missing)).rejects.toMatchObject({ code: 'TACHO_STORE_CORRUPT' });
    const sealed = await endedStore([KEY_A]);
    await expect(readingOf(sealed)).rejects.toMatchObject({ code: 'TACHO_STORE_ENCRYPTED' });
    await expect(readingOf(sealed, [KEY_B])).rejects.toMatchObject({ code: 'TACHO_STORE_WRONG_KEY' });
    expect(await requestsOf(await readingOf(sealed, [KEY_B, KEY_A]))).toBe(6);
  });

  it('refuses what a later version wrote, and what would have to be updated first', async () => {
    const later = await endedStore();
    const database = new DatabaseSync(later);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(readingOf(later)).rejects.toMatchObject({ code: 'TACHO_STORE_NEWER' });

    const earlier = newPath();
    const migrations = MIGRATIONS.slice(0, 1);
    openStoreFile(earlier, { mode: 'create', busyTimeoutMs: 0, migrations }).close();
    const before = folderOf(earlier);
    await expect(readingOf(earlier)).rejects.toMatchObject({
      ...UNAVAILABLE,
      message: expect.stringContaining('earlier version'),
    });
    expect(folderOf(earlier)).toEqual(before);
  });

  it('is refused once it is closed, and so is what was under way', async () => {
    const reading = await readingOf(await endedStore());
    const underWay = requestsOf(reading);
    await Promise.all([expect(underWay).rejects.toMatchObject(UNAVAILABLE), reading.close()]);
    await reading.close();
    await expect(requestsOf(reading)).rejects.toMatchObject(UNAVAILABLE);
  });
});
