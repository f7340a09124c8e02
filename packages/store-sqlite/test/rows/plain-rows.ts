import {
  DEFAULT_LIMITS,
  encodeWindow,
  MINUTE_MS,
  type RequestRecord,
  Window,
  type WindowLimits,
} from '@tacho/core';
import type { StoredRange, WindowRow } from '@tacho/store';

export interface PlainRow {
  readonly row: WindowRow;
  readonly window: Window;
}

export interface RowContent {
  /** When it begins; epoch milliseconds. */
  readonly startMs: number;
  readonly writer?: string;
  readonly sequence?: number;
  /** Whole minutes. */
  readonly minutes?: number;
  readonly requests?: readonly Partial<RequestRecord>[];
  readonly limits?: WindowLimits;
}

const REQUEST: RequestRecord = {
  startMs: 0,
  durationMs: 20,
  method: 'GET',
  route: '/',
  status: 200,
  outcome: 'completed',
  user: undefined,
  traceId: undefined,
};

/** A row with its window beside it, a request and a sample at its start. */
export function plainRow({
  startMs,
  writer = 'w',
  sequence = 0,
  minutes = 1,
  ...content
}: RowContent): PlainRow {
  const minuteMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS;
  const spanMs = minutes * MINUTE_MS;
  const window = new Window(content.limits ?? DEFAULT_LIMITS, startMs, startMs + 10_000);
  for (const request of content.requests ?? [{}]) window.record({ ...REQUEST, startMs, ...request });
  const unknown = { memoryPercent: null, memoryAvailableBytes: null, diskPercent: null, diskFreeBytes: null };
  window.addSample({ timestampMs: startMs, cpuPercent: sequence % 100, ...unknown });
  window.notMeasured.count('excluded /healthz', 1);
  return { row: { minuteMs, spanMs, writer, sequence, payload: encodeWindow(window) }, window };
}

/** All windows of rows that overlap a range, merged. */
export function plainMerge(rows: readonly PlainRow[], { fromMs, toMs }: StoredRange): Window {
  const merged = new Window(DEFAULT_LIMITS);
  for (const { row, window } of rows) {
    const overlaps = fromMs < toMs && row.minuteMs < toMs && row.minuteMs + row.spanMs > fromMs;
    if (overlaps) merged.merge(window);
  }
  return merged;
}

export function requestsIn(window: Window): number {
  let requests = 0;
  for (const { stats } of window.endpoints.entries()) requests += stats.total;
  return requests;
}
