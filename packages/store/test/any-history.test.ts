import { describe, expect, it } from '@jest/globals';
import {
  DAY_MS,
  DEFAULT_LIMITS,
  encodeWindow,
  HOUR_MS,
  MINUTE_MS,
  OUTCOMES,
  SECOND_MS,
  Window,
} from '@tacho/core';
import fc from 'fast-check';
import { requestAt, requestsIn, sampleAt } from './measured.ts';
import { MeasuringProcess } from './measuring-process.ts';

const MOST_STEPS = 70;

/** Some time of a process: what it measures, and how long after that it flushes. */
const anyStretch = fc.record({
  requests: fc.array(
    fc.record({
      route: fc.constantFrom('/', '/a', '/b', '/c', '/users/{id}'),
      durationMs: fc.oneof(
        fc.double({ min: 0, max: 1900, noNaN: true }),
        fc.integer({ min: 1990, max: 9000 }),
      ),
      status: fc.constantFrom(200, 404, 500),
      outcome: fc.constantFrom(...OUTCOMES),
    }),
    { maxLength: 8 },
  ),
  cpuPercents: fc.array(fc.nat(100), { maxLength: 3 }),
  lengthMs: fc.oneof(
    fc.integer({ min: 1, max: 20 }).map((n) => n * SECOND_MS),
    fc.nat(3 * MINUTE_MS),
    fc.nat(2 * HOUR_MS),
    // All together not more than the retention: 70 × 10 h.
    fc.nat(10 * HOUR_MS),
  ),
});
const anyMaxBytes = fc.oneof(fc.integer({ min: 500, max: 20_000 }), fc.constant(16_000_000));

/** The samples of a month fit at this resolution, whatever was thinned before. */
const COARSE_MS = 10 * MINUTE_MS;

function coarse(window: Window): Uint8Array {
  window.systemSamples.lowerResolution(COARSE_MS);
  return encodeWindow(window);
}

describe('any month of a process', () => {
  it('is in its history as if all of it were in one window, and within the cap', async () => {
    const anyMonth = fc.array(anyStretch, { maxLength: MOST_STEPS });
    await fc.assert(
      fc.asyncProperty(anyMonth, anyMaxBytes, async (stretches, maxBytes) => {
        const process = new MeasuringProcess({ maxBytes });
        const { clock, aggregator, memory, writer } = process;
        const all = new Window(DEFAULT_LIMITS, clock.nowMs, clock.nowMs);
        for (const { requests, cpuPercents, lengthMs } of stretches) {
          for (const request of requests) {
            const record = requestAt(clock.nowMs, request);
            aggregator.record(record);
            all.record(record);
          }
          for (const cpuPercent of cpuPercents) {
            const sample = sampleAt(clock.nowMs + cpuPercent, cpuPercent);
            aggregator.addSample(sample);
            all.addSample(sample);
          }
          clock.nowMs += lengthMs;
          all.endMs = clock.nowMs;
          expect(requestsIn(await process.all())).toBe(requestsIn(all));
          await writer.flush();
          expect(requestsIn(await process.all())).toBe(requestsIn(all));
          const { bytes, overCap, rows } = memory.status();
          expect(bytes <= maxBytes || (overCap && rows === 1)).toBe(true);
        }
        expect(coarse(await process.all())).toEqual(coarse(all));
      }),
      { numRuns: 60 },
    );
  });

  it('has no less in a shorter range than was measured in it', async () => {
    const anyMonth = fc.array(anyStretch, { minLength: 1, maxLength: MOST_STEPS });
    await fc.assert(
      fc.asyncProperty(anyMonth, fc.nat(30 * DAY_MS), async (stretches, backMs) => {
        const process = new MeasuringProcess();
        const { clock, aggregator, writer } = process;
        const timesMs: number[] = [];
        for (const { requests, lengthMs } of stretches) {
          for (const request of requests) {
            aggregator.record(requestAt(clock.nowMs, { ...request, durationMs: 5000, outcome: 'completed' }));
            timesMs.push(clock.nowMs);
          }
          clock.nowMs += Math.min(lengthMs, HOUR_MS);
          await writer.flush();
        }
        const fromMs = clock.nowMs - backMs;
        const inRange = timesMs.filter((timeMs) => timeMs >= fromMs);
        const window = await process.range(fromMs, Number.POSITIVE_INFINITY);
        expect(requestsIn(window)).toBeGreaterThanOrEqual(inRange.length);
        const slow = window.slowRequests.list().map(({ startMs }) => startMs);
        expect(slow.sort((a, b) => a - b)).toEqual(inRange);
      }),
      { numRuns: 60 },
    );
  });
});
