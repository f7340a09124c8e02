import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, encodeWindow, MINUTE_MS, Window } from '@tacho/core';
import { mergeDetailWithin, mergeWithin } from '../src/merge-within.ts';
import {
  NOON_MS,
  requestAt,
  requestsIn,
  runtimeSampleAt,
  sampleAt,
  slowRequestAt,
  windowAt,
} from './measured.ts';

const ALL = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
const MINUTE = { fromMs: NOON_MS, toMs: NOON_MS + MINUTE_MS };

/** Something in every part of a window. */
function fullWindow(): Window {
  const window = windowAt(
    NOON_MS,
    requestAt(NOON_MS, { status: 500 }),
    requestAt(NOON_MS, { route: '/a', outcome: 'aborted' }),
    requestAt(NOON_MS, { durationMs: Number.NaN }),
    slowRequestAt(NOON_MS, { user: 'u1', traceId: 'ab' }),
    sampleAt(NOON_MS),
  );
  window.addRuntimeSample(runtimeSampleAt(NOON_MS));
  window.notMeasured.count('admin-api', 3);
  return window;
}

describe('merging within a range', () => {
  it('of all time is merging: no part of a window is forgotten', () => {
    const merged = new Window(DEFAULT_LIMITS);
    const within = new Window(DEFAULT_LIMITS);
    for (const startMs of [NOON_MS, NOON_MS + MINUTE_MS]) {
      const window = fullWindow();
      window.endMs = startMs + MINUTE_MS;
      merged.merge(window);
      mergeWithin(within, window, ALL);
    }
    expect(encodeWindow(within)).toEqual(encodeWindow(merged));
  });

  it('leaves the other window as it was', () => {
    const window = fullWindow();
    const before = encodeWindow(window);
    const into = fullWindow();
    mergeWithin(into, window, { fromMs: NOON_MS + 1, toMs: NOON_MS + 2 });
    mergeWithin(into, window, ALL);
    into.endpoints.get('GET /')?.stats.record(requestAt(NOON_MS));
    expect(encodeWindow(window)).toEqual(before);
  });

  it('takes slow requests and samples from the beginning of the range up to its end', () => {
    const timesMs = [NOON_MS - 1, NOON_MS, NOON_MS + MINUTE_MS - 1, NOON_MS + MINUTE_MS];
    const window = windowAt(NOON_MS - 1);
    for (const timeMs of timesMs) {
      window.record(slowRequestAt(timeMs));
      window.addSample(sampleAt(timeMs));
      window.addRuntimeSample(runtimeSampleAt(timeMs));
    }
    const into = new Window(DEFAULT_LIMITS);
    mergeWithin(into, window, MINUTE);
    expect(into.slowRequests.list().map(({ startMs }) => startMs)).toEqual(timesMs.slice(1, 3));
    expect(into.systemSamples.list().map(({ timestampMs }) => timestampMs)).toEqual(timesMs.slice(1, 3));
    expect(into.runtimeSamples.list().map(({ timestampMs }) => timestampMs)).toEqual(timesMs.slice(1, 3));
    expect(requestsIn(into)).toBe(4);
  });

  it('has room for the slow requests of the range, however many slower ones are outside of it', () => {
    const limits = { ...DEFAULT_LIMITS, maxSlowRequests: 3 };
    const into = new Window(limits);
    for (const startMs of [NOON_MS - MINUTE_MS, NOON_MS]) {
      const window = new Window(limits, startMs, startMs + MINUTE_MS);
      for (let n = 0; n < 3; n++) {
        window.record(slowRequestAt(startMs + n, { durationMs: startMs < NOON_MS ? 9000 : 3000 }));
      }
      mergeWithin(into, window, MINUTE);
    }
    expect(into.slowRequests.list().map(({ startMs }) => startMs)).toEqual([
      NOON_MS,
      NOON_MS + 1,
      NOON_MS + 2,
    ]);
  });

  it('keeps what it has of the host as it is, however coarse the other is', () => {
    const into = windowAt(NOON_MS, ...[0, 1, 2].map((n) => sampleAt(NOON_MS + n * 10_000)));
    const coarse = windowAt(NOON_MS, sampleAt(NOON_MS + 50_000));
    coarse.systemSamples.lowerResolution(10 * MINUTE_MS);
    mergeWithin(into, coarse, ALL);
    expect(into.systemSamples.list()).toHaveLength(4);
  });
});

describe('merging only the detail', () => {
  it('counts nothing', () => {
    const into = new Window(DEFAULT_LIMITS);
    mergeDetailWithin(into, fullWindow(), ALL);
    expect(into).toMatchObject({ invalid: 0, startMs: Number.POSITIVE_INFINITY });
    expect(requestsIn(into)).toBe(0);
    expect(into.notMeasured.entries()).toEqual([]);
    expect(into.slowRequests.list()).toHaveLength(1);
    expect(into.systemSamples.list()).toHaveLength(1);
    expect(into.runtimeSamples.list()).toHaveLength(1);
  });
});
