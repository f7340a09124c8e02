import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EndpointStats } from '../../src/endpoint-stats.ts';
import { OUTCOMES, type RequestRecord } from '../../src/record.ts';
import { stepText } from '../../src/report/step-text.ts';
import { trendFigures } from '../../src/report/trend-figures.ts';
import {
  type TrendSeries,
  type TrendsOptions,
  type TrendsReport,
  trendPointCount,
  trendsReport,
} from '../../src/report/trends.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/schedule.ts';
import { aRequest } from './measured.ts';

const NOON_MS = Date.UTC(2025, 6, 19, 12);
const all: TrendsOptions = { endpoint: undefined, metric: undefined, nowMs: NOON_MS, comparison: undefined };

function statsOf(requests: readonly RequestRecord[]): EndpointStats {
  const stats = new EndpointStats();
  for (const request of requests) stats.record(request);
  return stats;
}

function reported(series: TrendSeries, options: TrendsOptions): TrendsReport {
  const report = trendsReport(series, options);
  for (;;) {
    const step = report.next();
    if (step.done) return step.value;
  }
}

/** From 11:00, in steps of 15 minutes. */
function seriesOf(
  requestsByStep: Record<number, RequestRecord[]>,
  fields: Partial<TrendSeries> = {},
): TrendSeries {
  return {
    fromMs: NOON_MS - HOUR_MS,
    toMs: Number.POSITIVE_INFINITY,
    resolution: 'minute',
    skippedRows: 0,
    partial: false,
    stepMs: 15 * MINUTE_MS,
    steps: Object.entries(requestsByStep).map(([step, requests]) => ({
      startMs: NOON_MS - HOUR_MS + Number(step) * 15 * MINUTE_MS,
      stats: statsOf(requests),
    })),
    ...fields,
  };
}

describe('points', () => {
  it('are one for each step, with nothing where nothing was measured', () => {
    const { points, step, endpoint } = reported(seriesOf({ 1: [aRequest()] }), all);
    expect({ step, endpoint }).toEqual({ step: '15m', endpoint: null });
    expect(points.map(({ timestamp, requests, p95 }) => [timestamp, requests, p95])).toEqual([
      ['2025-07-19T11:00:00.000000Z', 0, null],
      ['2025-07-19T11:15:00.000000Z', 1, 0.1],
      ['2025-07-19T11:30:00.000000Z', 0, null],
      ['2025-07-19T11:45:00.000000Z', 0, null],
    ]);
  });

  it("have the guide's units", () => {
    const requests = [
      aRequest({ durationMs: 2500, status: 500 }),
      aRequest(),
      aRequest({ status: 404 }),
      aRequest(),
      aRequest({ outcome: 'aborted' }),
      aRequest({ outcome: 'streamed' }),
    ];
    expect(reported(seriesOf({ 0: requests }), all).points[0]).toEqual({
      timestamp: '2025-07-19T11:00:00.000000Z',
      requests: 6,
      throughput: 0.006667,
      avg_time: 0.7,
      p50: expect.closeTo(0.1, 2),
      p90: 2.5,
      p95: 2.5,
      p99: 2.5,
      error_rate: 50,
      errors: 2,
      slow_requests: 1,
      apdex: 0.75,
      aborted: 1,
      streamed: 1,
    });
  });

  it('have nulls and zeros where nothing was measured', () => {
    expect(reported(seriesOf({}), all).total).toEqual({
      requests: 0,
      throughput: 0,
      avg_time: null,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
      error_rate: null,
      errors: 0,
      slow_requests: 0,
      apdex: null,
      aborted: 0,
      streamed: 0,
    });
  });

  it('have the number of requests and the metric that is asked for', () => {
    const report = reported(seriesOf({ 3: [aRequest()] }), { ...all, metric: 'p95', endpoint: 'GET /' });
    expect(report.endpoint).toBe('GET /');
    expect(report.total).toEqual({ requests: 1, p95: 0.1 });
    expect(report.points.at(-1)).toEqual({ timestamp: '2025-07-19T11:45:00.000000Z', requests: 1, p95: 0.1 });
  });

  it('end where the range does', () => {
    const { points, to } = reported(seriesOf({}, { toMs: NOON_MS - 20 * MINUTE_MS }), all);
    expect(to).toBe('2025-07-19T11:40:00.000000Z');
    expect(points).toHaveLength(3);
  });

  it('end now where the range reaches further', () => {
    const { points, to } = reported(seriesOf({}, { toMs: NOON_MS + DAY_MS }), all);
    expect(to).toBe('2025-07-20T12:00:00.000000Z');
    expect(points).toHaveLength(4);
  });

  it('past now are those in which something was measured before the clock was set back', () => {
    const series = seriesOf({ 2: [aRequest()], 9: [aRequest()], 20000: [aRequest()] });
    const { points, total } = reported(series, all);
    expect(points.map(({ requests }) => requests)).toEqual([0, 0, 1, 0, 1, 1]);
    expect(points.at(-2)).toMatchObject({ timestamp: '2025-07-19T13:15:00.000000Z', throughput: null });
    expect(total.requests).toBe(3);
    expect(trendPointCount(series, NOON_MS)).toBe(6);
  });

  it('are made a few hundred at a time', () => {
    const report = trendsReport(seriesOf({}, { fromMs: NOON_MS - 7 * DAY_MS, stepMs: 10 * MINUTE_MS }), all);
    const pieces = [...report].length;
    expect(pieces).toBe(Math.floor((7 * 144) / 250));
  });

  it('are counted without being made', () => {
    const year = seriesOf({}, { fromMs: 0, stepMs: MINUTE_MS });
    expect(trendPointCount(year, NOON_MS)).toBe(NOON_MS / MINUTE_MS);
    expect(trendPointCount(seriesOf({}, { fromMs: NOON_MS + HOUR_MS }), NOON_MS)).toBe(0);
  });
});

describe('throughput', () => {
  const minute = Array.from({ length: 60 }, () => aRequest());

  it('is of the time that has passed of a step, and lies in the range', () => {
    const series = seriesOf({ 0: minute, 3: minute }, { fromMs: NOON_MS - HOUR_MS + 14 * MINUTE_MS });
    const { points, total } = reported(series, { ...all, nowMs: NOON_MS - 13 * MINUTE_MS });
    expect(points.map(({ throughput }) => throughput)).toEqual([1, 0, 0, 0.5]);
    expect(total.throughput).toBe(rounded(120 / (33 * 60)));
  });

  it('is unknown while a step has hardly begun', () => {
    const { points } = reported(seriesOf({ 4: minute }), { ...all, nowMs: NOON_MS + 999 });
    expect(points.at(-1)).toMatchObject({ requests: 60, throughput: null });
  });

  function rounded(perSecond: number): number {
    return Math.round(perSecond * 1e6) / 1e6;
  }
});

describe('the total', () => {
  const anyRequests = fc.array(
    fc
      .record({
        durationMs: fc.double({ min: 0, max: 10_000, noNaN: true }),
        status: fc.constantFrom(200, 404, 500),
        outcome: fc.constantFrom(...OUTCOMES),
      })
      .map(aRequest),
    { maxLength: 20 },
  );

  it('is of all requests, whatever step they are in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.nat(6).map(String), anyRequests), (requestsByStep) => {
        const series = seriesOf(requestsByStep);
        const { points, total } = reported(series, all);
        const passedMs = NOON_MS - series.fromMs;
        expect(total).toEqual(trendFigures(statsOf(Object.values(requestsByStep).flat()), passedMs));
        for (const count of ['requests', 'errors', 'slow_requests', 'aborted', 'streamed'] as const) {
          expect(points.reduce((sum, point) => sum + (point[count] ?? 0), 0)).toBe(total[count]);
        }
      }),
    );
  });

  it('has no percentile that is an average of percentiles', () => {
    const fast = Array.from({ length: 98 }, () => aRequest({ durationMs: 10 }));
    const slow = [aRequest({ durationMs: 1000 }), aRequest({ durationMs: 1000 })];
    const { total } = reported(seriesOf({ 0: fast, 1: slow }), all);
    expect([total.p50, total.p90, total.p99]).toEqual([expect.closeTo(0.01, 3), expect.closeTo(0.01, 3), 1]);
    expect(total.avg_time).toBe(0.0298);
  });
});

describe('a comparison', () => {
  const series = seriesOf({ 0: [aRequest({ durationMs: 300 })], 1: [aRequest({ durationMs: 300 })] });
  const comparison = seriesOf(
    { '-2': [aRequest({ durationMs: 200 })] },
    {
      fromMs: NOON_MS - 2 * HOUR_MS,
      toMs: NOON_MS - HOUR_MS,
      partial: true,
    },
  );

  it('has points that stand beside those of the range', () => {
    const report = reported(series, { ...all, comparison }).comparison;
    expect(report).toMatchObject({
      from: '2025-07-19T10:00:00.000000Z',
      to: '2025-07-19T11:00:00.000000Z',
      partial: true,
    });
    expect(report?.points.map(({ requests }) => requests)).toEqual([0, 0, 1, 0]);
    expect(report?.total).toMatchObject({ requests: 1, avg_time: 0.2 });
  });

  it('says how the totals changed', () => {
    const change = reported(series, { ...all, comparison }).comparison?.change;
    expect(change).toMatchObject({ requests: 100, throughput: 100, avg_time: 50, p95: 50, errors: null });
    const ofOne = reported(series, { ...all, metric: 'p95', comparison }).comparison?.change;
    expect(ofOne).toEqual({ requests: 100, p95: 50 });
  });

  it('is left out where nothing is compared', () => {
    expect(reported(series, all)).not.toHaveProperty('comparison');
  });
});

describe('the length of a step', () => {
  it.each([
    [MINUTE_MS, '1m'],
    [90 * MINUTE_MS, '90m'],
    [60 * MINUTE_MS, '1h'],
    [24 * HOUR_MS, '1d'],
    [36 * HOUR_MS, '36h'],
  ])('%d ms is %s', (stepMs, text) => {
    expect(stepText(stepMs)).toBe(text);
  });
});
