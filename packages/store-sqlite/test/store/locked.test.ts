import { describe, expect, it } from '@jest/globals';
import { startRival } from './rival.ts';
import { newPath, openTestStore, rowOf, storedRequests, UNAVAILABLE } from './test-store.ts';

/** The limit of a call. */
const MOST_MS = 5000;

describe('a file that another process keeps locked', () => {
  it('is read all the same, and written once the lock is gone', async () => {
    const { store, path, notices } = openTestStore();
    await store.windows.append([rowOf(0)]);
    const unlock = await startRival(path, 'BEGIN IMMEDIATE');
    const startMs = performance.now();
    await expect(store.windows.append([rowOf(1)])).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now() - startMs).toBeLessThan(MOST_MS);
    expect(store.windows.status().unavailable).toBe('another process keeps the file locked');
    expect(await storedRequests(store)).toBe(1);
    expect(store.windows.status().unavailable).toBe('another process keeps the file locked');
    await expect(store.windows.append([rowOf(1)])).rejects.toMatchObject(UNAVAILABLE);
    await unlock();
    await store.windows.append([rowOf(1)]);
    expect(await storedRequests(store)).toBe(2);
    expect(store.windows.status().unavailable).toBeUndefined();
    expect(notices.map(({ kind }) => kind)).toEqual(['unavailable', 'available']);
  });

  it('is opened once the lock is gone', async () => {
    const path = newPath();
    const first = openTestStore(path);
    await first.store.windows.append([rowOf(0)]);
    await first.store.close();
    const unlock = await startRival(path, 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');

    const { store, clock } = openTestStore(path);
    const startMs = performance.now();
    await expect(store.windows.append([rowOf(1)])).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now() - startMs).toBeLessThan(MOST_MS);
    await unlock();
    clock.nowMs += 10_000;
    await store.windows.append([rowOf(1)]);
    expect(await storedRequests(store)).toBe(2);
  });

  it('does not hold up a close', async () => {
    const { store, path } = openTestStore();
    await store.windows.append([rowOf(0)]);
    await startRival(path, 'BEGIN IMMEDIATE');
    const append = store.windows.append([rowOf(1)]).catch((error: unknown) => error);
    const startMs = performance.now();
    await store.close();
    expect(performance.now() - startMs).toBeLessThan(MOST_MS);
    expect(await append).toMatchObject(UNAVAILABLE);
  });
});
