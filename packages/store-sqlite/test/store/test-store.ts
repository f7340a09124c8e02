import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import { DAY_MS, DEFAULT_LIMITS, encodeWindow, MINUTE_MS, Window } from '@tacho/core';
import type { WindowRow } from '@tacho/store';
import { SqliteStore, type SqliteStoreOptions, type StoreNotice } from '@tacho/store-sqlite';

/** Some day, at noon. */
export const NOON_MS = Date.UTC(2025, 6, 19, 12);

export const ALL_TIME = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

export const UNAVAILABLE = { name: 'TachoError', code: 'TACHO_STORE_UNAVAILABLE' };

export const KEY_A = new Uint8Array(32).fill(1);
export const KEY_B = new Uint8Array(32).fill(2);

export interface TestStore {
  readonly store: SqliteStore;
  readonly path: string;
  readonly clock: { nowMs: number; now(): number };
  readonly notices: StoreNotice[];
}

const open: SqliteStore[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A path in a folder of its own, at which nothing stands yet. */
export function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tacho-store-'));
  folders.push(folder);
  return join(folder, 'tacho.db');
}

/** Closed after the test. */
export function openTestStore(path = newPath(), options: Partial<SqliteStoreOptions> = {}): TestStore {
  const clock = { nowMs: NOON_MS, now: () => clock.nowMs };
  const notices: StoreNotice[] = [];
  const store = new SqliteStore({
    path,
    encryptionKeys: [],
    limits: DEFAULT_LIMITS,
    retentionMs: { minute: 30 * DAY_MS, hour: 30 * DAY_MS, day: 30 * DAY_MS },
    maxBytes: 512 * 1024 * 1024,
    writer: 'test',
    clock,
    onNotice: (notice) => notices.push(notice),
    ...options,
  });
  open.push(store);
  return { store, path, clock, notices };
}

/** A minute with so many requests. */
export function rowOf(sequence: number, { writer = 'w', requests = 1, minuteMs = NOON_MS } = {}): WindowRow {
  const window = new Window(DEFAULT_LIMITS, minuteMs, minuteMs + 10_000);
  for (let request = 0; request < requests; request++) {
    window.record({
      startMs: minuteMs,
      durationMs: 20,
      method: 'GET',
      route: `/${request % 50}`,
      status: 200,
      outcome: 'completed',
      user: undefined,
      traceId: undefined,
    });
  }
  return { minuteMs, spanMs: MINUTE_MS, writer, sequence, payload: encodeWindow(window) };
}

export function requestsIn(window: Window): number {
  let requests = 0;
  for (const { stats } of window.endpoints.entries()) requests += stats.total;
  return requests;
}

export async function storedRequests({ windows }: SqliteStore): Promise<number> {
  return requestsIn((await windows.read(ALL_TIME)).window);
}
