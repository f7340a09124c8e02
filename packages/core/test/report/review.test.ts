import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EndpointStats } from '../../src/endpoint-stats.ts';
import type { RequestRecord, SystemSample } from '../../src/record.ts';
import { type ReviewReport, wholeReviewReport } from '../../src/report/review.ts';
import { type ReviewPast, readReviewPast } from '../../src/report/review-past.ts';
import {
  type PeriodSpan,
  periodAt,
  periodBefore,
  type ReviewPeriod,
} from '../../src/report/review-period.ts';
import type { CoveredWindow } from '../../src/report/summary.ts';
import type { TrendSeries } from '../../src/report/trends.ts';
import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS } from '../../src/schedule.ts';
import { DEFAULT_LIMITS, Window } from '../../src/window.ts';
import { aRequest, aSample } from './measured.ts';

const MONDAY_MS = Date.UTC(2026, 1, 2);
const WEEK = periodAt('week', MONDAY_MS - 1);
const LIMITS = DEFAULT_LIMITS;

interface Happened {
  readonly requests?: readonly RequestRecord[];
  readonly samples?: readonly SystemSample[];
}

function covered({ fromMs, toMs }: PeriodSpan, { requests = [], samples = [] }: Happened): CoveredWindow {
  const window = new Window(LIMITS, fromMs, toMs);
  for (const request of requests) window.record(request);
  for (const sample of samples) window.addSample(sample);
  return { window, fromMs, toMs, resolution: 'hour', skippedRows: 0, partial: false };
}

function series({ fromMs, toMs }: PeriodSpan, { requests = [] }: Happened): TrendSeries {
  const steps = new Map<number, EndpointStats>();
  for (const request of requests) {
    const startMs = floorTo(request.startMs, HOUR_MS);
    const stats = steps.get(startMs) ?? new EndpointStats();
    steps.set(startMs, stats);
    stats.record(request);
  }
  const list = [...steps].sort(([a], [b]) => a - b).map(([startMs, stats]) => ({ startMs, stats }));
  return { fromMs, toMs, resolution: 'hour', skippedRows: 0, partial: false, stepMs: HOUR_MS, steps: list };
}

function reviewed(span: PeriodSpan, now: Happened, before: Happened = {}, nowMs = span.toMs): ReviewReport {
  const previous = periodBefore(span);
  const past: ReviewPast = {
    span,
    previous,
    now: covered(span, now),
    series: series(span, now),
    before: covered(previous, before),
    seriesBefore: series(previous, before),
    beforeEndMs: previous.toMs,
  };
  return wholeReviewReport(past, { nowMs, users: true });
}

/** One each ten minutes. */
function samples({ fromMs, toMs }: PeriodSpan, figures: (atMs: number) => Partial<SystemSample> | undefined) {
  return Array.from(
    { length: (toMs - fromMs) / (10 * MINUTE_MS) },
    (_, n) => fromMs + (10 * n + 3) * MINUTE_MS,
  ).flatMap((timestampMs) => {
    const own = figures(timestampMs);
    return own === undefined ? [] : [aSample({ timestampMs, ...own })];
  });
}

const anyRequests = (span: PeriodSpan) =>
  fc.array(
    fc
      .record({
        startMs: fc.integer({ min: span.fromMs, max: span.toMs - 1 }),
        durationMs: fc.double({ min: 0, max: 10_000, noNaN: true }),
        route: fc.constantFrom('/', '/a', '/b'),
        status: fc.constantFrom(200, 404, 500),
        user: fc.constantFrom('u', 'v', undefined),
      })
      .map(aRequest),
    { maxLength: 100 },
  );

describe('a review', () => {
  it('counts in its steps, hours and lists what it counts in all', () => {
    const check = (period: ReviewPeriod) => {
      const span = periodAt(period, MONDAY_MS - 1);
      return fc.property(anyRequests(span), (requests) => {
        const review = reviewed(span, { requests });
        const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
        expect(review.total_requests).toBe(requests.length);
        expect(sum(review.steps.map(({ total_requests }) => total_requests))).toBe(requests.length);
        expect(sum(review.requests_by_hour)).toBe(requests.length);
        expect(sum(review.top_endpoints.map(({ count }) => count))).toBe(requests.length);
        expect(sum(review.steps.map(({ slow_requests }) => slow_requests))).toBe(review.slow_requests);
        for (const list of [review.slowest_requests, review.busiest_hours, review.heaviest_users ?? []])
          expect(list.length).toBeLessThanOrEqual(10);
      });
    };
    for (const period of ['day', 'week', 'month'] as const) fc.assert(check(period), { numRuns: 30 });
  });

  it('has a step for each hour of a day, and for each day of a week or a month, as far as they have begun', () => {
    const steps = (period: ReviewPeriod, nowMs?: number) =>
      reviewed(periodAt(period, MONDAY_MS - 1), {}, {}, nowMs).steps.length;
    expect([steps('day'), steps('week'), steps('month')]).toEqual([24, 7, 28]);
    expect(steps('week', MONDAY_MS - 2.5 * DAY_MS)).toBe(5);
  });

  it('is the same of traffic that was measured by several processes', () => {
    fc.assert(
      fc.property(anyRequests(WEEK), fc.nat(), (requests, seed) => {
        const whole = covered(WEEK, { requests });
        const [one, other] = [0, 1].map((part) => requests.filter((_, n) => (n * 7 + seed) % 2 === part));
        const merged = covered(WEEK, { requests: one! });
        merged.window.merge(covered(WEEK, { requests: other! }).window);
        const report = (now: CoveredWindow) => {
          const rest = {
            previous: periodBefore(WEEK),
            series: series(WEEK, { requests }),
            beforeEndMs: WEEK.fromMs,
          };
          const before = covered(rest.previous, {});
          const past = { ...rest, span: WEEK, now, before, seriesBefore: series(rest.previous, {}) };
          return wholeReviewReport(past, { nowMs: WEEK.toMs, users: true });
        };
        expect(report(merged)).toEqual(report(whole));
      }),
      { numRuns: 30 },
    );
  });
});

describe('how much was measured', () => {
  it('is all of a time with a sample each ten minutes', () => {
    expect(reviewed(WEEK, { samples: samples(WEEK, () => ({})) })).toMatchObject({
      measured_percent: 100,
      gaps: [],
    });
  });

  it('is without the gaps, and says when they were', () => {
    const fromMs = WEEK.fromMs + DAY_MS;
    const isGap = (atMs: number) => atMs >= fromMs && atMs < fromMs + 4.2 * HOUR_MS;
    expect(
      reviewed(WEEK, { samples: samples(WEEK, (atMs) => (isGap(atMs) ? undefined : {})) }),
    ).toMatchObject({
      measured_percent: 97.5198,
      gaps: [{ from: '2026-01-27T00:00:00.000000Z', to: '2026-01-27T04:10:00.000000Z' }],
    });
  });

  it('has in it the hours with requests of a host that gives no samples', () => {
    const review = reviewed(WEEK, { requests: [aRequest({ startMs: WEEK.fromMs + 1 })] });
    expect(review.measured_percent).toBeCloseTo(100 / 168, 3);
  });

  it('is nothing of nothing, which is compared with nothing', () => {
    expect(reviewed(WEEK, {})).toMatchObject({
      measured_percent: 0,
      comparison: null,
      health: null,
      total_requests: 0,
    });
  });

  it('has in it the ten minutes that run, once there is a sample', () => {
    const nowMs = WEEK.fromMs + 14 * MINUTE_MS;
    const at = (minutes: number) => aSample({ timestampMs: WEEK.fromMs + minutes * MINUTE_MS });
    const measured = (...found: SystemSample[]) =>
      reviewed(WEEK, { samples: found }, {}, nowMs).measured_percent;
    expect([measured(at(1)), measured(at(1), at(12)), measured()]).toEqual([100, 100, 0]);
    expect(measured(at(12))).toBeCloseTo((100 * 4) / 14, 3);
  });

  it('lists the ten longest gaps at most', () => {
    const everyOther = samples(WEEK, (atMs) => (Math.floor(atMs / HOUR_MS) % 2 === 0 ? {} : undefined));
    expect(reviewed(WEEK, { samples: everyOther })).toMatchObject({
      measured_percent: 50,
      gaps: { length: 10 },
    });
  });
});

describe('capacity', () => {
  const capacityOf = (disk: (days: number) => number) => {
    const found = samples(WEEK, (atMs) => ({
      diskPercent: disk((atMs - WEEK.fromMs) / DAY_MS),
      cpuPercent: 40,
    }));
    return reviewed(WEEK, { samples: found }).capacity;
  };

  it('says when a disk that fills up is full', () => {
    const { disk_percent, disk_full } = capacityOf((days) => 60 + 2 * days);
    expect(disk_percent?.change_per_day).toBeCloseTo(2, 3);
    const days = (Date.parse(disk_full!.at) - WEEK.toMs) / DAY_MS;
    expect(days).toBeCloseTo((95 - 74) / 2, 1);
    expect(disk_full).toMatchObject({ percent: 95 });
  });

  it('says nothing of a disk that wavers, that empties, or that takes years', () => {
    const wavering = capacityOf((days) => 60 + [1, -2, 2, 0, -1, 2, -2][Math.floor(days)]!);
    expect(wavering).toMatchObject({ disk_percent: { change_per_day: null }, disk_full: null });
    expect(capacityOf((days) => 80 - days)).toMatchObject({ disk_full: null });
    const slow = capacityOf((days) => 60 + 0.01 * days);
    expect(slow.disk_full).toBeNull();
    expect(slow.disk_percent?.change_per_day).toBeCloseTo(0.01, 3);
  });

  it('of a day says nothing of which way CPU and memory go', () => {
    const day = periodAt('day', MONDAY_MS - 1);
    const found = samples(day, (atMs) => ({ cpuPercent: (atMs - day.fromMs) / HOUR_MS }));
    expect(reviewed(day, { samples: found }).capacity.cpu_percent).toMatchObject({ change_per_day: null });
  });

  it('has the health of each sample, and that of the last', () => {
    const found = samples(WEEK, (atMs) => ({ cpuPercent: atMs >= WEEK.toMs - DAY_MS ? 95 : 40 }));
    const { health, system_health } = reviewed(WEEK, { samples: found });
    expect(system_health).toBe('critical');
    expect(health?.critical).toBeCloseTo(100 / 7, 3);
  });
});

describe('the past of a review', () => {
  it('is read to the end of a period, and of the one before as long a part as has passed', async () => {
    const asked: unknown[] = [];
    const source = {
      window: async (fromMs: number, toMs: number, options: object) => {
        asked.push([fromMs - WEEK.fromMs, toMs - WEEK.fromMs, options]);
        return covered(WEEK, {});
      },
      series: async () => series(WEEK, {}),
    };
    await readReviewPast(source, WEEK, { nowMs: WEEK.fromMs + DAY_MS, users: true });
    await readReviewPast(source, WEEK, { nowMs: WEEK.toMs + DAY_MS, users: false });
    expect(asked).toEqual([
      [0, 7 * DAY_MS, { users: true }],
      [-7 * DAY_MS, -6 * DAY_MS, { users: false }],
      [0, 7 * DAY_MS, { users: false }],
      [-7 * DAY_MS, 0, { users: false }],
    ]);
  });
});
