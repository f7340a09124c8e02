import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OUTCOMES, type RequestRecord } from '../../src/record.ts';
import {
  type EndpointReport,
  type EndpointSort,
  endpointsPage,
  endpointsReport,
} from '../../src/report/endpoints.ts';
import { finished } from '../../src/report/finished.ts';
import type { Page, Position } from '../../src/report/order.ts';
import {
  type SlowRequestSort,
  slowRequestsPage,
  slowRequestsReport,
} from '../../src/report/slow-requests.ts';
import { type UserReport, type UserSort, usersPage, usersReport } from '../../src/report/users.ts';
import type { Window } from '../../src/window.ts';
import { aRequest, covered, NOW_MS, windowOf } from './measured.ts';

/** Few values, so that most are tied. */
const anyRequest: fc.Arbitrary<RequestRecord> = fc
  .record({
    startMs: fc.constantFrom(NOW_MS, NOW_MS - 0.5, NOW_MS - 1000),
    durationMs: fc.constantFrom(0, 1, 499.9999, 2000.5, 2001, 5000),
    method: fc.constantFrom('GET', 'POST'),
    route: fc.constantFrom('/', '/a', '/b', '/ä', '__proto__'),
    status: fc.constantFrom(200, 404, 500),
    outcome: fc.constantFrom(...OUTCOMES),
    user: fc.constantFrom(undefined, 'k1-a', 'k1-b', 'k2-a', ''),
  })
  .map(aRequest);
const anyWindow = fc.array(anyRequest, { maxLength: 40 }).map((requests) => windowOf(requests));
const anyLimit = fc.integer({ min: 1, max: 7 });

/** All pages, one after the other. */
function walked<T>(page: (after: Position | undefined) => Page<Iterable<T>>): T[] {
  const entries: T[] = [];
  let after: Position | undefined;
  do {
    const one = page(after);
    entries.push(...one.entries);
    after = one.end === undefined ? undefined : (JSON.parse(JSON.stringify(one.end)) as Position);
  } while (after !== undefined);
  return entries;
}

/** Greatest first, null last; ties by name. */
function expectInOrder(entries: readonly (readonly [string, number | null])[], sign = 1): void {
  for (const [index, [name, value]] of entries.entries()) {
    const [before, valueBefore] = entries[index - 1] ?? [];
    if (before === undefined || valueBefore === undefined) continue;
    if (valueBefore === value) expect(before < name).toBe(true);
    else if (value !== null) expect(sign * (valueBefore ?? Number.NaN)).toBeGreaterThan(sign * value);
  }
}

const ENDPOINT_SORTS: Record<EndpointSort, (report: EndpointReport) => number | null> = {
  count: ({ count, aborted, streamed }) => count + aborted + streamed,
  total_time: ({ total_time }) => total_time,
  avg_time: ({ avg_time }) => avg_time,
  max_time: ({ max_time }) => max_time,
  p50: ({ p50 }) => p50,
  p90: ({ p90 }) => p90,
  p95: ({ p95 }) => p95,
  p99: ({ p99 }) => p99,
  errors: ({ errors }) => errors,
  client_errors: ({ client_errors }) => client_errors,
  server_errors: ({ server_errors }) => server_errors,
  apdex: ({ apdex }) => apdex,
  name: () => null,
};

describe('endpoints', () => {
  it.each(Object.entries(ENDPOINT_SORTS))(
    'by %s are in the order of what is shown, on all pages',
    (name, figure) => {
      const sort = name as EndpointSort;
      fc.assert(
        fc.property(anyWindow, anyLimit, (window, limit) => {
          const all = [...finished(endpointsPage(window, { sort })).entries];
          const shown = all.map(([endpoint, report]) => [endpoint, figure(report)] as const);
          expectInOrder(shown, sort === 'apdex' ? -1 : 1);
          expect(new Map(all)).toEqual(new Map(Object.entries(endpointsReport(window))));
          expect(walked((after) => finished(endpointsPage(window, { sort, after, limit })))).toEqual(all);
        }),
      );
    },
  );

  it('go on after one that is gone', () => {
    const window = windowOf([aRequest({ route: '/a' }), aRequest({ route: '/c' })]);
    const after = { value: 1, name: 'GET /b' };
    expect(
      [...finished(endpointsPage(window, { sort: 'count', after })).entries].map(([name]) => name),
    ).toEqual(['GET /c']);
  });
});

const USER_SORTS: Record<UserSort, (report: UserReport) => number | null> = {
  count: ({ count, aborted, streamed }) => count + aborted + streamed,
  total_time: ({ total_time }) => total_time,
  avg_time: ({ avg_time }) => avg_time,
  p95: ({ p95 }) => p95,
  errors: ({ errors }) => errors,
  slow_requests: ({ slow_requests }) => slow_requests,
};

describe('users', () => {
  const options = { nowMs: NOW_MS, limit: 1000 };

  it.each(Object.entries(USER_SORTS))(
    'by %s are in the order of what is shown, on all pages',
    (name, figure) => {
      const sort = name as UserSort;
      fc.assert(
        fc.property(anyWindow, anyLimit, (window, limit) => {
          const all = finished(usersPage(covered(window), { ...options, sort })).report;
          expectInOrder(all.users.map((report) => [report.user, figure(report)]));
          const total = totalOf(all);
          const pages = walked((after) => {
            const { report, end } = finished(usersPage(covered(window), { ...options, sort, after, limit }));
            // Whoever is not on the page is among the others.
            expect(totalOf(report)).toBe(total);
            expect(report.key_periods).toEqual(all.key_periods);
            return { entries: report.users, end };
          });
          expect(pages).toEqual(all.users);
        }),
      );
    },
  );

  it('by count are the report', () => {
    const window = windowOf([aRequest({ user: 'a' }), aRequest({ user: 'b' }), aRequest({ user: 'b' })]);
    const { report } = finished(usersPage(covered(window), { ...options, sort: 'count' }));
    expect(report).toEqual(usersReport(covered(window), options));
  });

  function totalOf({ users, others }: ReturnType<typeof usersReport>): number {
    return [...users, others].reduce((sum, one) => sum + one.count + one.aborted + one.streamed, 0);
  }
});

describe('slow requests', () => {
  const all = (window: Window, sort: SlowRequestSort) => finished(slowRequestsPage(window, { sort })).entries;

  it.each(['response_time', 'timestamp'] as const)('by %s are in order, on all pages', (sort) => {
    fc.assert(
      fc.property(anyWindow, anyLimit, (window, limit) => {
        const entries = all(window, sort);
        const values = entries.map((report) => report[sort]);
        expect(values).toEqual([...values].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
        const byText = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).sort();
        expect(byText(entries)).toEqual(byText(slowRequestsReport(window, 1000)));
        expect(walked((after) => finished(slowRequestsPage(window, { sort, after, limit })))).toEqual(
          entries,
        );
      }),
    );
  });
});
