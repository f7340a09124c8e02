import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, encodeWindow, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { MemoryStore } from '../src/memory-store.ts';
import { endMsOf, spanOf } from '../src/window-span.ts';
import type { WindowRow } from '../src/window-store.ts';
import { ALL_TIME, NOON_MS, requestAt, windowAt } from './measured.ts';
import { requestsInRows } from './rows.ts';

const MAX_BYTES = 20_000;

function cappedStore(maxBytes = MAX_BYTES): { store: MemoryStore; clock: ManualClock } {
  const clock = new ManualClock(NOON_MS);
  return { store: new MemoryStore({ clock, limits: DEFAULT_LIMITS, maxBytes }), clock };
}

/** Ten seconds, with one request to each of so many endpoints. */
function rowAt(startMs: number, sequence: number, endpoints = 5): WindowRow {
  const requests = Array.from({ length: endpoints }, (_, n) => requestAt(startMs, { route: `/${n}` }));
  const payload = encodeWindow(windowAt(startMs, ...requests));
  return { ...spanOf(startMs, startMs + 10 * SECOND_MS), writer: 'w', sequence, payload };
}

describe('a memory store at its cap', () => {
  it('takes up no more, and loses no count', async () => {
    const { store, clock } = cappedStore();
    for (let sequence = 0; sequence < 2000; sequence++) {
      clock.nowMs += 10 * SECOND_MS;
      await store.append([rowAt(clock.nowMs - 10 * SECOND_MS, sequence)]);
      const { bytes, overCap } = store.status();
      expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
      expect(overCap).toBe(false);
    }
    expect(requestsInRows(store.inRange(...ALL_TIME))).toBe(2000 * 5);
  });

  it('keeps more detail of the last minutes than of the hours before', async () => {
    const { store, clock } = cappedStore();
    for (let sequence = 0; sequence < 2000; sequence++) {
      clock.nowMs += MINUTE_MS;
      await store.append([rowAt(clock.nowMs - MINUTE_MS, sequence)]);
    }
    const rows = store.inRange(...ALL_TIME);
    expect(rows.length).toBeGreaterThan(10);
    const [oldest, newest] = [rows[0]!, rows.at(-1)!];
    expect(newest.spanMs).toBe(MINUTE_MS);
    expect(oldest.spanMs).toBeGreaterThan(HOUR_MS);
    for (const row of rows) expect(row.spanMs).toBeLessThanOrEqual(clock.nowMs - endMsOf(row) + HOUR_MS);
  });

  it('makes room for a row as large as it is', async () => {
    const { store, clock } = cappedStore();
    for (let sequence = 0; sequence < 20; sequence++) {
      clock.nowMs += MINUTE_MS;
      await store.append([rowAt(clock.nowMs - MINUTE_MS, sequence)]);
    }
    await store.append([rowAt(clock.nowMs, 20, 300)]);
    expect(store.status().bytes).toBeLessThanOrEqual(MAX_BYTES);
    expect(requestsInRows(store.inRange(...ALL_TIME))).toBe(20 * 5 + 300);
  });

  it('says so where a single row is too large, and takes more all the same', async () => {
    const { store, clock } = cappedStore(5000);
    await store.append([rowAt(clock.nowMs, 0, 900)]);
    expect(store.status()).toMatchObject({ rows: 1, overCap: true });
    await store.append([rowAt(clock.nowMs, 1, 900)]);
    expect(store.status()).toMatchObject({ rows: 1, overCap: true });
    expect(requestsInRows(store.inRange(...ALL_TIME))).toBe(1800);
  });

  it('leaves a payload that is no window as it is, and merges the others', async () => {
    const { store, clock } = cappedStore(5000);
    const noWindow = { ...rowAt(clock.nowMs, 1), payload: Uint8Array.of(255, 1, 2) };
    for (let sequence = 0; sequence < 100; sequence++) {
      clock.nowMs += MINUTE_MS;
      await store.append([sequence === 1 ? noWindow : rowAt(clock.nowMs, sequence)]);
    }
    const rows = store.inRange(...ALL_TIME);
    expect(rows).toContainEqual(noWindow);
    expect(requestsInRows(rows.filter(({ payload }) => payload.length > 3))).toBe(99 * 5);
    expect(store.status().bytes).toBeLessThanOrEqual(5000);
  });

  it('is over it, and says so, where nothing it holds is a window', async () => {
    const { store, clock } = cappedStore(5000);
    const rows = [0, 1, 2].map((sequence) => ({
      ...rowAt(clock.nowMs, sequence),
      payload: new Uint8Array(4000),
    }));
    await store.append(rows);
    expect(store.status()).toMatchObject({ rows: 3, overCap: true });
    expect(store.inRange(...ALL_TIME)).toEqual(rows);
  });
});

describe('the event loop', () => {
  /** Other work of the process: how many turns it gets until `done`. */
  async function turnsUntil(done: Promise<void>): Promise<number> {
    let turns = 0;
    let running = true;
    const count = (): void => {
      turns++;
      if (running) setImmediate(count);
    };
    setImmediate(count);
    await done;
    running = false;
    return turns;
  }

  it('gets a turn between any two windows that are decoded or encoded', async () => {
    const clock = new ManualClock(NOON_MS);
    const rows = Array.from({ length: 50 }, (_, n) => rowAt(NOON_MS + n * MINUTE_MS, n));
    const store = new MemoryStore({ clock, limits: DEFAULT_LIMITS, maxBytes: 3000 });
    const turns = await turnsUntil(store.append(rows));
    const merges = rows.length - store.status().rows;
    expect(merges).toBeGreaterThan(40);
    expect(turns).toBeGreaterThanOrEqual(3 * merges);
  });

  it('is not kept by a backlog: an append rolls up two pairs for each row it brings', async () => {
    const clock = new ManualClock(NOON_MS);
    const store = new MemoryStore({ clock, limits: DEFAULT_LIMITS });
    await store.append(Array.from({ length: 60 }, (_, n) => rowAt(NOON_MS + n * MINUTE_MS, n)));
    clock.nowMs = NOON_MS + 3 * HOUR_MS;
    await store.append([rowAt(clock.nowMs, 60)]);
    expect(store.status().rows).toBe(60 + 1 - 2);
    for (let sequence = 61; sequence < 120; sequence++) {
      clock.nowMs += 10 * SECOND_MS;
      await store.append([rowAt(clock.nowMs, sequence)]);
    }
    const rows = store.inRange(NOON_MS, NOON_MS + HOUR_MS);
    expect(rows).toHaveLength(1);
    expect(requestsInRows(rows)).toBe(60 * 5);
  });
});
