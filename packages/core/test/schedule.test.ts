import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS } from '../src/schedule.ts';

const anyStep = fc.constantFrom(1000, 10_000, MINUTE_MS, HOUR_MS, DAY_MS, 7 * DAY_MS, 997);
/** Up to the last moment that a `Date` can show, fractions and the neighbours of steps among them. */
const anyTime = fc.oneof(
  fc.double({ min: 0, max: 8.64e15, noNaN: true }),
  fc.double({ min: 0, max: 4e12, noNaN: true }),
  fc.integer({ min: 1, max: 40_000_000 }).map((minutes) => minutes * MINUTE_MS),
  fc.integer({ min: 1, max: 40_000_000 }).map((minutes) => minutes * MINUTE_MS * (1 - Number.EPSILON / 2)),
);

describe('a step', () => {
  it('starts at a whole number of steps and holds the moment', () => {
    fc.assert(
      fc.property(anyTime, anyStep, (epochMs, stepMs) => {
        const start = floorTo(epochMs, stepMs);
        expect(start % stepMs).toBe(0);
        expect(start).toBeLessThanOrEqual(epochMs);
        expect(start + stepMs).toBeGreaterThan(epochMs);
      }),
      { numRuns: 1000 },
    );
  });

  it('holds its own start', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), anyStep, (steps, stepMs) => {
        expect(floorTo(steps * stepMs, stepMs)).toBe(steps * stepMs);
      }),
    );
  });
});

it.each([
  [MINUTE_MS, '2025-07-19T01:42:00.000Z'],
  [HOUR_MS, '2025-07-19T01:00:00.000Z'],
  [DAY_MS, '2025-07-19T00:00:00.000Z'],
])('steps of %d ms are those of UTC', (stepMs, start) => {
  const nowMs = Date.parse('2025-07-19T01:42:25.123Z') + 0.456;
  expect(new Date(floorTo(nowMs, stepMs)).toISOString()).toBe(start);
});
