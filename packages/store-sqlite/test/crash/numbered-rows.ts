import { DEFAULT_LIMITS, encodeWindow, MINUTE_MS, Window } from '@tacho/core';
import type { WindowRow } from '@tacho/store';

const START_MS = Date.UTC(2025, 6, 19, 12);
const SLICE_MS = 10_000;

/** So that sums of some rows are seldom sums of others. */
export function requestsOf(sequence: number): number {
  return 1 + ((sequence * 7919) % 97);
}

/** A slice of ten seconds, one after the other. */
export function rowNumbered(writer: string, sequence: number): WindowRow {
  const startMs = START_MS + sequence * SLICE_MS;
  const window = new Window(DEFAULT_LIMITS, startMs, startMs + SLICE_MS);
  for (let request = 0; request < requestsOf(sequence); request++) {
    window.record({
      startMs,
      durationMs: request,
      method: 'GET',
      route: `/route/${request}`,
      status: 200,
      outcome: 'completed',
      user: undefined,
      traceId: undefined,
    });
  }
  return {
    minuteMs: Math.floor(startMs / MINUTE_MS) * MINUTE_MS,
    spanMs: MINUTE_MS,
    writer,
    sequence,
    payload: encodeWindow(window),
  };
}
