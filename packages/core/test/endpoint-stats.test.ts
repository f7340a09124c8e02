import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EndpointStats } from '../src/endpoint-stats.ts';
import type { RequestRecord } from '../src/record.ts';
import { anySplit, splitAndMerge } from './any-split.ts';
import { anyRecord } from './anything.ts';
import { dumpOfStats } from './dump.ts';
import { aRequest } from './report/measured.ts';

describe('counts', () => {
  it('are of completed requests; aborted and streamed ones stand beside', () => {
    const stats = statsOf([
      aRequest(),
      aRequest({ outcome: 'aborted', status: 500, durationMs: 3000 }),
      aRequest({ outcome: 'aborted' }),
      aRequest({ outcome: 'streamed', status: 404, durationMs: 60_000 }),
    ]);
    expect(stats).toMatchObject({ count: 1, aborted: 2, streamed: 1, total: 4, errors: 0, slow: 0 });
    expect(stats).toMatchObject({
      satisfied: 1,
      tolerating: 0,
      sumUs: 100_000,
      minUs: 100_000,
      maxUs: 100_000,
    });
    expect(stats.sketch.count).toBe(1);
  });

  it.each([
    [[100, 200, 204, 301, 399], 0, 0],
    [[400, 404, 499], 3, 0],
    [[500, 503, 599], 0, 3],
    [[0, -404, 99, 600, 999, Number.NaN, Number.POSITIVE_INFINITY], 0, 0],
  ])('have status %j as so many client and server errors', (statuses, clientErrors, serverErrors) => {
    const stats = statsOf(statuses.map((status) => aRequest({ status })));
    expect(stats).toMatchObject({ count: statuses.length, clientErrors, serverErrors });
    expect(stats.errors).toBe(clientErrors + serverErrors);
  });

  it.each([
    [2000, 0],
    [2000.001, 1],
  ])('have a request of %d ms as slow or not', (durationMs, slow) => {
    expect(statsOf([aRequest({ durationMs })]).slow).toBe(slow);
  });
});

describe('Apdex', () => {
  it.each([
    [500, 200, 1, 0],
    [500.001, 200, 0, 1],
    [2000, 200, 0, 1],
    [2000.001, 200, 0, 0],
    [1, 404, 1, 0],
    [1, 500, 0, 0],
    [1000, 503, 0, 0],
  ])('has %d ms with status %d as satisfied or tolerating', (durationMs, status, satisfied, tolerating) => {
    expect(statsOf([aRequest({ durationMs, status })])).toMatchObject({ satisfied, tolerating });
  });
});

describe('times', () => {
  it('are summed in whole microseconds', () => {
    const stats = statsOf(
      [0.0004, 0.0005, 1.2344, 1.2345, 0.1, 0.2].map((durationMs) => aRequest({ durationMs })),
    );
    expect(stats.sumUs).toBe(0 + 1 + 1234 + 1235 + 100 + 200);
  });

  it('have extremes to the microsecond, and quantiles between them', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (records, q) => {
          const stats = statsOf(records.map((record) => ({ ...record, outcome: 'completed' as const })));
          const durationsUs = records.map(({ durationMs }) => Math.floor(durationMs * 1000 + 0.5));
          expect(stats.minMs).toBe(Math.min(...durationsUs) / 1000);
          expect(stats.maxMs).toBe(Math.max(...durationsUs) / 1000);
          expect(stats.quantileMs(q)).toBeGreaterThanOrEqual(stats.minMs);
          expect(stats.quantileMs(q)).toBeLessThanOrEqual(stats.maxMs);
        },
      ),
    );
  });

  it('have the exact quantile where all are the same, in the range of the sketch or not', () => {
    for (const durationMs of [0, 0.001, 7, 8_000_000]) {
      const stats = statsOf([aRequest({ durationMs }), aRequest({ durationMs })]);
      expect(stats.quantileMs(0.95)).toBe(durationMs);
    }
  });

  it('are unknown without a completed request, and take no memory', () => {
    const stats = statsOf([aRequest({ outcome: 'aborted' }), aRequest({ outcome: 'streamed' })]);
    expect([stats.minMs, stats.maxMs, stats.quantileMs(0.5)]).toEqual([Infinity, -Infinity, Number.NaN]);
    expect(stats.sketch.byteLength).toBe(0);
  });
});

describe('merging', () => {
  it('equals recording all, however they were split and in whatever order and grouping', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 100 }), anySplit, (records, split) => {
        const merged = splitAndMerge(records, split, () => new EndpointStats(), recordInto);
        expect(dumpOfStats(merged)).toEqual(dumpOfStats(statsOf(records)));
      }),
      { numRuns: 300 },
    );
  });

  it('with itself equals recording every request twice', () => {
    fc.assert(
      fc.property(fc.array(anyRecord), (records) => {
        const stats = statsOf(records);
        stats.merge(stats);
        expect(dumpOfStats(stats)).toEqual(dumpOfStats(statsOf([...records, ...records])));
      }),
    );
  });
});

function recordInto(stats: EndpointStats, record: RequestRecord): void {
  stats.record(record);
}

function statsOf(records: readonly RequestRecord[]): EndpointStats {
  const stats = new EndpointStats();
  for (const record of records) stats.record(record);
  return stats;
}
