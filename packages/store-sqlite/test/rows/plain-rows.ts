import {
  DEFAULT_LIMITS,
  encodeWindow,
  MINUTE_MS,
  type RequestRecord,
  type RuntimeSample,
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

export function runtimeSampleAt(timestampMs: number, pid = 1): RuntimeSample {
  return {
    timestampMs,
    startMs: 0.5,
    pid,
    threadId: 0,
    uptimeUs: timestampMs,
    residentBytes: 9e7,
    heapUsedBytes: 2e7,
    heapLimitBytes: 4e9,
    externalBytes: 5e6,
    activeResources: 7,
    processors: 2,
    samples: 1,
    intervalUs: 1e7,
    cpuUs: 1e6,
    loopActiveUs: 8e5,
    gcCount: timestampMs % 7,
    gcPauseUs: 4500,
    gcWatchedUs: 1e7,
    gcLongestUs: 2000,
    loopDelayP50Us: 150,
    loopDelayP99Us: 4000,
    loopDelayMaxUs: timestampMs % 9001,
  };
}

/** A row with its window beside it, a request and samples at its start. */
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
  window.addRuntimeSample(runtimeSampleAt(startMs, writer.charCodeAt(0)));
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
