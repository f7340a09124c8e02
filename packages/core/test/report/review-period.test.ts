import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lastPeriodBy, periodAt, periodBefore, REVIEW_PERIODS } from '../../src/report/review-period.ts';
import { DAY_MS } from '../../src/schedule.ts';

const anyMs = fc.integer({ min: 0, max: Date.UTC(9998, 0) });
const anyPeriod = fc.constantFrom(...REVIEW_PERIODS);

describe('a period', () => {
  it.each([
    ['day', '2026-01-30T23:59:59.999Z', '2026-01-30', '2026-01-30', '2026-01-31'],
    ['week', '2026-02-01T23:59Z', '2026-W05', '2026-01-26', '2026-02-02'],
    ['week', '2026-01-01', '2026-W01', '2025-12-29', '2026-01-05'],
    ['week', '2027-01-03', '2026-W53', '2026-12-28', '2027-01-04'],
    ['week', '2021-01-03', '2020-W53', '2020-12-28', '2021-01-04'],
    ['month', '2024-02-29', '2024-02', '2024-02-01', '2024-03-01'],
    ['month', '2026-12-31T23:00Z', '2026-12', '2026-12-01', '2027-01-01'],
  ] as const)('%s of %s', (period, moment, name, from, to) => {
    const span = periodAt(period, Date.parse(moment));
    expect(span).toEqual({ period, name, fromMs: Date.parse(from), toMs: Date.parse(to) });
  });

  it('holds its moment, and follows without a gap on the one before, which has another name', () => {
    fc.assert(
      fc.property(anyPeriod, anyMs, (period, epochMs) => {
        const span = periodAt(period, epochMs);
        expect(span.fromMs <= epochMs && epochMs < span.toMs).toBe(true);
        expect(periodAt(period, span.toMs - 1)).toEqual(span);
        const before = periodBefore(span);
        expect(before.toMs).toBe(span.fromMs);
        expect(before.name < span.name).toBe(true);
        expect(lastPeriodBy(period, epochMs)).toEqual(before);
      }),
    );
  });

  it('of a week is seven days that begin on a Monday', () => {
    fc.assert(
      fc.property(anyMs, (epochMs) => {
        const { fromMs, toMs } = periodAt('week', epochMs);
        expect(toMs - fromMs).toBe(7 * DAY_MS);
        expect(new Date(fromMs).getUTCDay()).toBe(1);
      }),
    );
  });
});
