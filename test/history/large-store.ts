import { DEFAULT_LIMITS, encodeWindow, HOUR_MS, MINUTE_MS, Window } from '@tacho/core';
import type { WindowRow } from '@tacho/store';
import { SqliteStore } from '@tacho/store-sqlite';
import { eventually } from '../eventually.ts';

const BATCH_ROWS = 500;
const ENDPOINTS = 20;

/** Fills a file with windows of the minutes up to now, a request of each endpoint in each. @returns the requests */
export async function fillStore(
  path: string,
  encryptionKeys: readonly Uint8Array[],
  minutes: number,
): Promise<number> {
  const retentionMs = 1000 * HOUR_MS;
  const store = new SqliteStore({
    path,
    encryptionKeys,
    limits: DEFAULT_LIMITS,
    retentionMs: { minute: retentionMs, hour: retentionMs, day: retentionMs },
    maxBytes: 1e9,
    writer: 'filler',
    clock: { now: () => Date.now() },
    onNotice: () => {},
  });
  const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  for (let first = 0; first < minutes; first += BATCH_ROWS) {
    const rows = Array.from({ length: Math.min(BATCH_ROWS, minutes - first) }, (_, n) =>
      rowAt(nowMs - (first + n) * MINUTE_MS, first + n),
    );
    await eventually('rows to be stored', () => takes(store, rows));
  }
  await store.close();
  return minutes * ENDPOINTS;
}

/** Whether they are stored now. They are never stored twice. */
function takes({ windows }: SqliteStore, rows: readonly WindowRow[]): Promise<true | undefined> {
  return windows.append(rows).then(
    () => true,
    () => undefined,
  );
}

function rowAt(minuteMs: number, sequence: number): WindowRow {
  const window = new Window(DEFAULT_LIMITS, minuteMs, minuteMs + 10_000);
  for (let endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
    window.record({
      startMs: minuteMs,
      durationMs: 10 + endpoint,
      method: 'GET',
      route: `/route/${endpoint}`,
      status: 200,
      outcome: 'completed',
      user: `k1-${endpoint}`,
      traceId: undefined,
    });
  }
  return { minuteMs, spanMs: MINUTE_MS, writer: 'filler', sequence, payload: encodeWindow(window) };
}
