import {
  DEFAULT_LIMITS,
  type RequestRecord,
  type RuntimeSample,
  type SystemSample,
  Window,
} from '@tacho/core';

/** Some day, at noon. */
export const NOON_MS = Date.UTC(2025, 6, 19, 12);

export const ALL_TIME = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

export function requestAt(startMs: number, request: Partial<RequestRecord> = {}): RequestRecord {
  return {
    startMs,
    durationMs: 20,
    method: 'GET',
    route: '/',
    status: 200,
    outcome: 'completed',
    user: undefined,
    traceId: undefined,
    ...request,
  };
}

/** Three seconds long. */
export function slowRequestAt(startMs: number, request: Partial<RequestRecord> = {}): RequestRecord {
  return requestAt(startMs, { durationMs: 3000, ...request });
}

export function sampleAt(timestampMs: number, cpuPercent = 10): SystemSample {
  return {
    timestampMs,
    cpuPercent,
    memoryPercent: 20,
    memoryAvailableBytes: null,
    diskPercent: 30,
    diskFreeBytes: 4_000_000_000,
  };
}

export function runtimeSampleAt(timestampMs: number): RuntimeSample {
  return {
    timestampMs,
    startMs: 0.5,
    pid: 1,
    threadId: 0,
    uptimeUs: 1e9,
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
    gcCount: 3,
    gcPauseUs: 4500,
    gcWatchedUs: 1e7,
    gcLongestUs: 2000,
    loopDelayP50Us: 150,
    loopDelayP99Us: 4000,
    loopDelayMaxUs: 12_345,
  };
}

/** A window of ten seconds with what was measured in it. */
export function windowAt(startMs: number, ...measured: (RequestRecord | SystemSample)[]): Window {
  const window = new Window(DEFAULT_LIMITS, startMs, startMs + 10_000);
  for (const one of measured) {
    if ('durationMs' in one) window.record(one);
    else window.addSample(one);
  }
  return window;
}

/** Requests of every outcome and endpoint. */
export function requestsIn(window: Window): number {
  let requests = 0;
  for (const { stats } of window.endpoints.entries()) requests += stats.total;
  return requests;
}
