import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, encodeWindow, MINUTE_MS } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { MemoryStore } from '../src/memory-store.ts';
import { spanOf } from '../src/window-span.ts';
import type { WindowRow } from '../src/window-store.ts';
import { ALL_TIME, NOON_MS, requestAt, windowAt } from './measured.ts';
import { requestsInRows } from './rows.ts';

/** So many minutes with one request each. */
function minutes(count: number): WindowRow[] {
  return Array.from({ length: count }, (_, sequence) => {
    const startMs = NOON_MS + sequence * MINUTE_MS;
    const payload = encodeWindow(windowAt(startMs, requestAt(startMs)));
    return { ...spanOf(startMs, startMs + MINUTE_MS), writer: 'w', sequence, payload };
  });
}

/** It has room for a row or two, so that it merges all the time. */
function tightStore(): MemoryStore {
  return new MemoryStore({ clock: new ManualClock(NOON_MS), limits: DEFAULT_LIMITS, maxBytes: 800 });
}

const someTurns = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
};

describe('a memory store that is merging', () => {
  it('counts once what many append at once', async () => {
    const store = tightStore();
    await Promise.all(minutes(40).map((row) => store.append([row])));
    expect(requestsInRows(store.inRange(...ALL_TIME))).toBe(40);
    expect(store.status().bytes).toBeLessThanOrEqual(800);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('gives away after %i turns what then counts nowhere else', async (turns) => {
    const store = tightStore();
    const appending = store.append(minutes(10));
    await someTurns(turns);
    const given: WindowRow[] = [];
    for (let row = store.takeOldest(); row !== undefined; row = store.takeOldest()) given.push(row);
    await appending;
    expect(store.inRange(...ALL_TIME)).toEqual([]);
    expect(store.status().bytes).toBe(0);
    expect(requestsInRows(given)).toBe(10);
  });

  it('stops when it is closed', async () => {
    const store = tightStore();
    const appending = store.append(minutes(10));
    await someTurns(2);
    await store.close();
    await appending;
    expect(store.status()).toMatchObject({ open: false, rows: 0, bytes: 0 });
  });
});
