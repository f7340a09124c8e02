import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '@tacho/core';
import { openTestStore, rowOf, storedRequests, UNAVAILABLE } from './test-store.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** The workers that anything is asked of from now on. */
function watchWorkers(): Set<Worker> {
  const workers = new Set<Worker>();
  const post = Worker.prototype.postMessage;
  jest.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...message) {
    workers.add(this);
    return post.apply(this, message);
  });
  return workers;
}

describe('a store in a worker', () => {
  it('keeps what was appended for the next to open it', async () => {
    const { store, path } = openTestStore();
    await store.windows.append([rowOf(0, { requests: 1000 }), rowOf(1)]);
    expect(await storedRequests(store)).toBe(1001);
    await store.close();
    expect(await storedRequests(openTestStore(path).store)).toBe(1001);
  });

  it('starts no worker before the first call, and none to be closed', async () => {
    const workers = watchWorkers();
    const { store } = openTestStore();
    expect(store.windows.status()).toMatchObject({ open: true, rows: 0, unavailable: undefined });
    await store.close();
    expect(workers.size).toBe(0);
  });

  it('goes on with another worker where one has died, and rejects what that had to do', async () => {
    const workers = watchWorkers();
    const { store } = openTestStore();
    await store.windows.append([rowOf(0)]);
    const [worker] = workers;
    const calls = [store.windows.append([rowOf(1)]), store.journal.read(0, 1, 1), store.state.get('key')];
    const settled = Promise.allSettled(calls);
    await worker!.terminate();
    for (const { status, ...outcome } of await settled) {
      if (status === 'rejected') expect(outcome).toMatchObject({ reason: UNAVAILABLE });
    }
    await store.windows.append([rowOf(1)]);
    expect(await storedRequests(store)).toBe(2);
    expect(workers.size).toBe(2);
  });

  it('takes what is appended through its own copy', async () => {
    const { store } = openTestStore();
    const row = rowOf(0, { requests: 5 });
    const backing = new Uint8Array(row.payload.length + 64);
    backing.set(row.payload, 32);
    const payload = backing.subarray(32, 32 + row.payload.length);
    const append = store.windows.append([{ ...row, payload }]);
    expect(payload.length).toBe(row.payload.length);
    await append;
    backing.fill(0);
    expect(await storedRequests(store)).toBe(5);
  });

  it('is closed with what was asked of it before done', async () => {
    const { store, path } = openTestStore();
    const appends = Array.from({ length: 20 }, (_, sequence) => store.windows.append([rowOf(sequence)]));
    await Promise.all([store.close(), ...appends]);
    expect(await storedRequests(openTestStore(path).store)).toBe(20);
  });

  it('answers while it is being maintained', async () => {
    const { store, clock } = openTestStore();
    for (let minute = 0; minute < 60; minute++) {
      const minuteMs = rowOf(0).minuteMs - (minute + 200) * MINUTE_MS;
      await store.windows.append([0, 1, 2].map((n) => rowOf(minute * 3 + n, { minuteMs, requests: 200 })));
    }
    clock.nowMs += HOUR_MS;
    const waits: number[] = [];
    let isMaintained = false;
    const maintained = store.windows.maintain().then(() => {
      isMaintained = true;
    });
    while (!isMaintained) {
      const startMs = performance.now();
      await store.state.get('key');
      waits.push(performance.now() - startMs);
    }
    await maintained;
    console.log(`${waits.length} answers, the longest wait ${Math.max(...waits).toFixed(1)} ms`);
    expect(waits.length).toBeGreaterThan(2);
    expect(await storedRequests(store)).toBe(180 * 200);
  });
});
