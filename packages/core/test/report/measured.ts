import type { RequestRecord, SystemSample } from '../../src/record.ts';
import type { CoveredWindow } from '../../src/report/summary.ts';
import type { RuntimeSample } from '../../src/runtime-sample.ts';
import { DEFAULT_LIMITS, Window, type WindowLimits } from '../../src/window.ts';

export const NOW_MS = Date.parse('2025-07-19T01:42:25.123Z');

export function aRequest(fields: Partial<RequestRecord> = {}): RequestRecord {
  return {
    startMs: NOW_MS - 1000,
    durationMs: 100,
    method: 'GET',
    route: '/',
    status: 200,
    outcome: 'completed',
    user: undefined,
    traceId: undefined,
    ...fields,
  };
}

export function aSample(fields: Partial<SystemSample> = {}): SystemSample {
  return {
    timestampMs: NOW_MS,
    cpuPercent: 15.2,
    memoryPercent: 45.8,
    memoryAvailableBytes: 8_589_934_592,
    diskPercent: 67.3,
    diskFreeBytes: 21_474_836_480,
    ...fields,
  };
}

/** Ten seconds of a process that is a little busy. */
export function aRuntimeSample(fields: Partial<RuntimeSample> = {}): RuntimeSample {
  return {
    timestampMs: NOW_MS,
    startMs: NOW_MS - 60_000,
    pid: 4711,
    threadId: 0,
    uptimeUs: 60_000_000,
    residentBytes: 90_000_000,
    heapUsedBytes: 20_000_000,
    heapLimitBytes: 4_000_000_000,
    externalBytes: 5_000_000,
    activeResources: 7,
    processors: 2,
    samples: 1,
    intervalUs: 10_000_000,
    cpuUs: 1_000_000,
    loopActiveUs: 800_000,
    gcCount: 3,
    gcPauseUs: 4500,
    gcWatchedUs: 10_000_000,
    gcLongestUs: 2000,
    loopDelayP50Us: 150,
    loopDelayP99Us: 4000,
    loopDelayMaxUs: 12_345,
    ...fields,
  };
}

/** A window of the last hour in which these requests were measured. */
export function windowOf(requests: Iterable<RequestRecord>, limits: Partial<WindowLimits> = {}): Window {
  const window = new Window({ ...DEFAULT_LIMITS, ...limits }, NOW_MS - 3_600_000, NOW_MS);
  for (const request of requests) window.record(request);
  return window;
}

/** The guide's `POST /api/auth/login`: 150 requests, 35.2 s in all, 5 errors. */
export function loginRequests(): RequestRecord[] {
  const durationsMs = [123, 1456, 252, ...Array<number>(147).fill(227)];
  return durationsMs.map((durationMs, index) =>
    aRequest({ method: 'POST', route: '/api/auth/login', durationMs, status: index < 5 ? 401 : 200 }),
  );
}

/** A window as an answer on the last hour, up to now. */
export function covered(window: Window): CoveredWindow {
  return {
    window,
    fromMs: NOW_MS - 3_600_000,
    toMs: Number.POSITIVE_INFINITY,
    resolution: 'minute',
    skippedRows: 0,
    partial: false,
  };
}
