import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Aggregator } from '../../src/aggregator.ts';
import { isFailure } from '../../src/failures.ts';
import { DEFAULT_LIMITS, Window } from '../../src/window.ts';
import { anyRecord } from '../anything.ts';
import { aRequest } from '../report/measured.ts';

const anyOrigin = fc.record({ host: fc.constantFrom('h1', 'h2', ''), version: fc.constantFrom('1', '2') });
const anyRun = fc.record({ origin: anyOrigin, records: fc.array(anyRecord, { maxLength: 20 }) });

describe('what a window knows of', () => {
  it('origins is what their processes measured, whatever was merged', () => {
    fc.assert(
      fc.property(fc.array(anyRun, { maxLength: 6 }), (runs) => {
        const all = new Window(DEFAULT_LIMITS);
        const expected = new Map<string, number>();
        for (const { origin, records } of runs) {
          const aggregator = new Aggregator({ nowMs: 0, origin });
          for (const record of records) aggregator.record(record);
          const window = aggregator.seal(1);
          const { count } = window.endpoints.total();
          const key = JSON.stringify(origin);
          if (count > 0) expected.set(key, (expected.get(key) ?? 0) + count);
          all.merge(window);
        }
        const found = all.origins
          .entries()
          .map(({ host, version, count }): [string, number] => [JSON.stringify({ host, version }), count]);
        expect(new Map(found)).toEqual(expected);
        const { count, clientErrors, serverErrors, slow, sumUs } = all.endpoints.total();
        const sums = { count: 0, clientErrors: 0, serverErrors: 0, slow: 0, sumUs: 0 };
        for (const totals of all.origins.entries())
          for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += totals[name];
        expect(sums).toEqual({ count, clientErrors, serverErrors, slow, sumUs });
      }),
    );
  });

  it('failures is every completed request that failed or was slow, and no other', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 60 }), (records) => {
        const window = new Window(DEFAULT_LIMITS, 0, 1, { host: 'h', version: 'v' });
        for (const record of records) window.record(record);
        const total = window.endpoints.total();
        const failures = window.failures.entries();
        const sum = (of: 'count' | 'slow') => failures.reduce((all, entry) => all + entry[of], 0);
        expect(sum('count')).toBe(records.filter(isFailure).length);
        expect(sum('slow')).toBe(total.slow);
        const failed = failures
          .filter(({ status }) => status >= 400)
          .reduce((all, { count }) => all + count, 0);
        expect(failed).toBe(total.errors);
        for (const { host, version } of failures) expect([host, version]).toEqual(['h', 'v']);
      }),
    );
  });

  it('is told apart by endpoint and status', () => {
    const window = new Window(DEFAULT_LIMITS, 0, 1, { host: 'h', version: 'v' });
    for (const status of [503, 503, 404, 200]) window.record(aRequest({ route: '/a', status }));
    window.record(aRequest({ route: '/b', durationMs: 2500, status: 200 }));
    expect(
      window.failures.entries().map(({ route, status, count, slow }) => [route, status, count, slow]),
    ).toEqual([
      ['/a', 503, 2, 0],
      ['/a', 404, 1, 0],
      ['/b', 200, 1, 1],
    ]);
  });
});
