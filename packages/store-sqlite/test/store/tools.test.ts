import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@tacho/core';
import type { ToolRun } from '@tacho/store';
import { createStoreTools } from '@tacho/store-sqlite';
import { KEY_A, KEY_B, NOON_MS, newPath, openTestStore, rowOf, storedRequests } from './test-store.ts';

const tools = createStoreTools(() => NOON_MS);

function runWith({
  encryptionKeys = [],
  signal = new AbortController().signal,
  onProgress = () => {},
}: Partial<ToolRun> = {}): ToolRun {
  return { encryptionKeys, signal, onProgress };
}

async function storeOf(
  rows: number,
  encryptionKeys: readonly Uint8Array[] = [],
): Promise<ReturnType<typeof openTestStore>> {
  const test = openTestStore(newPath(), { encryptionKeys });
  for (let row = 0; row < rows; row += 100)
    await test.store.windows.append(Array.from({ length: 100 }, (_, n) => rowOf(row + n, { requests: 3 })));
  return test;
}

describe('tools in a worker of their own', () => {
  it('back up a store while it is open, and restore it', async () => {
    const { store, path } = await storeOf(200);
    const to = `${path}.backup`;
    const progress: number[] = [];
    const backup = await tools.backup(path, to, runWith({ onProgress: (done) => progress.push(done) }));
    expect(backup).toMatchObject({ path: to, rows: expect.any(Number) });
    expect(progress.length).toBeGreaterThan(0);
    expect(await storedRequests(openTestStore(to).store)).toBe(600);

    await store.windows.append([rowOf(1000)]);
    const { previous } = await tools.restore(to, path, runWith());
    expect(existsSync(previous!)).toBe(true);
    expect(await storedRequests(store)).toBe(600);
  });

  it('back up a store on its own behalf', async () => {
    const { store, path } = await storeOf(100);
    await store.backup(`${path}.backup`);
    expect(await storedRequests(openTestStore(`${path}.backup`).store)).toBe(300);
  });

  it('export and import', async () => {
    const { path } = await storeOf(100, [KEY_A]);
    const run = runWith({ encryptionKeys: [KEY_A] });
    await tools.export(path, `${path}.export`, run);
    const { path: other, store } = openTestStore(newPath(), run);
    await store.windows.append([]);
    const { windows } = await tools.import(`${path}.export`, other, run);
    expect(windows).toBeGreaterThan(0);
    expect(await storedRequests(store)).toBe(300);
  });

  it('say why they can not', async () => {
    const { path } = await storeOf(100, [KEY_A]);
    const missing = newPath();
    const codeOf = (work: Promise<unknown>): Promise<unknown> => work.catch(({ code }) => code);
    expect(await codeOf(tools.backup(missing, `${missing}.to`, runWith()))).toBe('TACHO_STORE_MISSING');
    expect(await codeOf(tools.repair(missing, runWith()))).toBe('TACHO_STORE_MISSING');
    expect(await codeOf(tools.export(path, `${path}.to`, runWith()))).toBe('TACHO_STORE_ENCRYPTED');
    const wrongKey = runWith({ encryptionKeys: [KEY_B] });
    expect(await codeOf(tools.export(path, `${path}.to`, wrongKey))).toBe('TACHO_STORE_WRONG_KEY');
    writeFileSync(`${path}.to`, '');
    expect(await codeOf(tools.backup(path, `${path}.to`, runWith()))).toBe('TACHO_STORE_UNAVAILABLE');
    expect(readdirSync(dirname(missing))).toEqual([]);
  });

  it.each(['backup', 'export'] as const)('leave no trace of a %s that is given up', async (name) => {
    const { store, path } = openTestStore();
    await store.windows.append([1, 2, 3].map((n) => rowOf(n, { minuteMs: NOON_MS - n * DAY_MS })));
    const before = readdirSync(dirname(path)).sort();
    const aborting = new AbortController();
    const reason = new Error('given up');
    const run = runWith({ signal: aborting.signal });
    const work = tools[name](path, join(dirname(path), 'out'), run);
    aborting.abort(reason);
    await expect(work).rejects.toBe(reason);
    await expect(tools[name](path, join(dirname(path), 'out'), run)).rejects.toBe(reason);
    expect(readdirSync(dirname(path)).sort()).toEqual(before);
  });
});
