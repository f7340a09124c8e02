import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../../src/rows/levels.ts';
import { planRange, type Stock } from '../../src/rows/segments.ts';

const DAY_0 = Date.UTC(2026, 2, 1);
const NOW_MS = DAY_0 + 40 * DAY_MS + 14.62 * HOUR_MS;
const NOTHING_DROPPED: Stock = { oldestMs: DAY_0, newestMs: NOW_MS, dropped: { [MINUTE]: [], [HOUR]: [] } };

describe('a range', () => {
  it.each([
    ['an hour', HOUR_MS, MINUTE],
    ['six hours', 6 * HOUR_MS, MINUTE],
    ['more than six hours', 6 * HOUR_MS + 1, HOUR],
    ['sixty days', 60 * DAY_MS, HOUR],
    ['more than sixty days', 60 * DAY_MS + 1, DAY],
  ])('of %s has bounds as fine as its length asks', (_, lengthMs, level) => {
    const plan = planRange({ fromMs: NOW_MS - lengthMs, toMs: NOW_MS }, NOTHING_DROPPED, NOW_MS);
    expect(plan.level).toBe(level);
  });

  it('up to infinity is as long as it is until now', () => {
    const plan = planRange(
      { fromMs: NOW_MS - HOUR_MS, toMs: Number.POSITIVE_INFINITY },
      NOTHING_DROPPED,
      NOW_MS,
    );
    expect(plan).toMatchObject({ level: MINUTE, toMs: Number.POSITIVE_INFINITY });
  });

  it('of thirty days is answered by days within and hours at both ends', () => {
    const plan = planRange({ fromMs: NOW_MS - 30 * DAY_MS, toMs: NOW_MS }, NOTHING_DROPPED, NOW_MS);
    expect(plan.segments).toEqual([
      { fromMs: DAY_0 + 10 * DAY_MS + 14 * HOUR_MS, toMs: DAY_0 + 11 * DAY_MS, level: HOUR },
      { fromMs: DAY_0 + 11 * DAY_MS, toMs: DAY_0 + 40 * DAY_MS, level: DAY },
      { fromMs: DAY_0 + 40 * DAY_MS, toMs: DAY_0 + 40 * DAY_MS + 15 * HOUR_MS, level: HOUR },
    ]);
  });

  it('has bounds on whole hours or days where nothing finer is left', () => {
    const dropped = { [MINUTE]: [DAY_0, DAY_0 + DAY_MS], [HOUR]: [DAY_0] };
    const at = (fromMs: number) =>
      planRange({ fromMs, toMs: fromMs + HOUR_MS }, { ...NOTHING_DROPPED, dropped }, NOW_MS);
    expect(at(DAY_0 + 90 * MINUTE_MS)).toMatchObject({ fromMs: DAY_0, toMs: DAY_0 + DAY_MS, level: DAY });
    expect(at(DAY_0 + DAY_MS + 90 * MINUTE_MS)).toMatchObject({
      fromMs: DAY_0 + DAY_MS + HOUR_MS,
      toMs: DAY_0 + DAY_MS + 3 * HOUR_MS,
      level: HOUR,
    });
  });
});

describe('the segments of any range', () => {
  const anyMs = fc.integer({ min: DAY_0 - DAY_MS, max: NOW_MS + DAY_MS });
  const anyDays = fc.uniqueArray(
    fc.nat(41).map((day) => DAY_0 + day * DAY_MS),
    { maxLength: 8 },
  );

  it('follow each other without a gap, and use nothing that was dropped', () => {
    fc.assert(
      fc.property(
        anyMs,
        anyMs,
        anyDays,
        fc.nat(8),
        fc.constantFrom(MINUTE, HOUR, DAY),
        (fromMs, toMs, days, n, coarsest) => {
          const minutes = days.toSorted((a, b) => a - b);
          const hours = minutes.slice(0, n);
          const stock: Stock = { ...NOTHING_DROPPED, dropped: { [MINUTE]: minutes, [HOUR]: hours } };
          const plan = planRange({ fromMs, toMs }, stock, NOW_MS, coarsest);
          expect(plan.segments.slice(1).map((segment) => segment.fromMs)).toEqual(
            plan.segments.slice(0, -1).map((segment) => segment.toMs),
          );
          for (const segment of plan.segments) {
            expect(segment.fromMs).toBeGreaterThanOrEqual(plan.fromMs);
            expect(segment.toMs).toBeLessThanOrEqual(plan.toMs);
            const within = (dayMs: number): boolean =>
              dayMs < segment.toMs && dayMs + DAY_MS > segment.fromMs;
            if (minutes.some(within)) expect(segment.level).toBeGreaterThan(MINUTE);
            if (hours.some(within)) expect(segment.level).toBe(DAY);
            const stepMs = { [MINUTE]: MINUTE_MS, [HOUR]: HOUR_MS, [DAY]: DAY_MS }[segment.level];
            expect([segment.fromMs % stepMs, segment.toMs % stepMs]).toEqual([0, 0]);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
