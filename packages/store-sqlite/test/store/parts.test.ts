import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, EndpointStats, encodeWindow, MINUTE_MS, Window } from '@tacho/core';
import { decodeSteps, encodeSteps } from '../../src/engine/series-parts.ts';
import { decodeParts, encodeParts } from '../../src/engine/window-parts.ts';
import { runtimeSampleAt } from '../rows/plain-rows.ts';

function windowOf(endpoints: number, samples: number): Window {
  const window = new Window(DEFAULT_LIMITS, 0, samples * MINUTE_MS);
  window.invalid = 3;
  window.notMeasured.count('other spans', 1);
  for (let n = 0; n < endpoints; n++) {
    window.record({
      startMs: n,
      durationMs: 5 * n,
      method: 'GET',
      route: `/${n}`,
      status: 200,
      outcome: 'completed',
      user: `user ${n % 5}`,
      traceId: undefined,
    });
  }
  for (let n = 0; n < samples; n++) {
    window.addSample({
      timestampMs: n * MINUTE_MS,
      cpuPercent: n % 100,
      memoryPercent: 20,
      memoryAvailableBytes: null,
      diskPercent: null,
      diskFreeBytes: 4e9,
    });
    if (n < 2001) window.addRuntimeSample(runtimeSampleAt(n * MINUTE_MS));
  }
  return window;
}

describe('an answer that crosses from the worker in parts', () => {
  it.each([
    [0, 0],
    [1, 1],
    [100, 1000],
    [101, 1001],
    [1500, 10_500],
  ])('is whole with %i endpoints and %i samples', async (endpoints, samples) => {
    const whole = encodeWindow(windowOf(endpoints, samples));
    const parts = encodeParts(windowOf(endpoints, samples));
    const window = await decodeParts(parts, DEFAULT_LIMITS, nextTurn);
    expect(Buffer.compare(encodeWindow(window), whole)).toBe(0);
  });

  it('that is empty stays what leaves any window as it was', async () => {
    const window = await decodeParts(encodeParts(new Window(DEFAULT_LIMITS)), DEFAULT_LIMITS, nextTurn);
    expect(window).toMatchObject({ startMs: Number.POSITIVE_INFINITY, endMs: Number.NEGATIVE_INFINITY });
  });

  it.each([0, 1, 100, 101, 2500])('has %i steps in order', async (count) => {
    const steps = Array.from({ length: count }, (_, n) => {
      const stats = new EndpointStats();
      stats.aborted = n + 1;
      return { startMs: n * MINUTE_MS, stats };
    });
    const decoded = await decodeSteps(encodeSteps(steps, DEFAULT_LIMITS), DEFAULT_LIMITS, nextTurn);
    expect(decoded.map(({ startMs, stats }) => [startMs, stats.aborted])).toEqual(
      steps.map(({ startMs }, n) => [startMs, n + 1]),
    );
  });
});
