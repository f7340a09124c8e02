import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EndpointTable } from '../../src/endpoint-table.ts';
import { OVERFLOW_ROUTE, type RequestRecord } from '../../src/record.ts';
import { anySplit, splitAndMerge } from '../any-split.ts';
import { dumpOfTable } from '../dump.ts';
import { aRequest } from '../report/measured.ts';

describe('past the cap', () => {
  it('further endpoints are counted in the overflow entry, known ones in theirs', () => {
    const table = tableOf(2, ['/a', '/b', '/c', '/a', '/d', '/b', '/c']);
    expect(countsOf(table)).toEqual({ '/a': 2, '/b': 2, [OVERFLOW_ROUTE]: 3 });
    expect(table.size).toBe(2);
  });

  it('methods count towards it as routes do', () => {
    const table = new EndpointTable(2);
    for (const method of ['A', 'B', 'C', 'D']) table.record(aRequest({ method, route: '/' }));
    expect(table.size).toBe(2);
    expect(table.get('* {overflow}')?.stats.count).toBe(2);
  });

  it('everything overflows where the cap is 0', () => {
    expect(countsOf(tableOf(0, ['/a', '/b']))).toEqual({ [OVERFLOW_ROUTE]: 2 });
  });
});

describe('merging past the cap', () => {
  it('keeps the endpoints with the most requests, of either table', () => {
    const table = tableOf(3, ['/a', '/a', '/b', '/c', '/c', '/c']);
    table.merge(tableOf(3, ['/d', '/d', '/d', '/d', '/e', '/f']));
    expect(countsOf(table)).toEqual({ '/d': 4, '/c': 3, '/a': 2, [OVERFLOW_ROUTE]: 3 });
    expect(table.size).toBe(3);
  });

  it('counts together what both tables know before it chooses', () => {
    const table = tableOf(2, ['/a', '/a', '/b']);
    table.merge(tableOf(2, ['/b', '/b', '/c', '/c']));
    expect(countsOf(table)).toEqual({ '/b': 3, '/a': 2, [OVERFLOW_ROUTE]: 2 });
  });

  it('keeps the first by name where they have as many', () => {
    const table = tableOf(2, ['/c', '/d']);
    table.merge(tableOf(2, ['/b', '/a']));
    expect(countsOf(table)).toEqual({ '/a': 1, '/b': 1, [OVERFLOW_ROUTE]: 2 });
  });

  it('adds up the overflow of both', () => {
    const table = tableOf(1, ['/a', '/b', '/c']);
    table.merge(tableOf(1, ['/a', '/x', '/y']));
    expect(countsOf(table)).toEqual({ '/a': 2, [OVERFLOW_ROUTE]: 4 });
  });

  it('leaves the other table as it was', () => {
    const other = tableOf(3, ['/d', '/e', '/f', '/g']);
    const before = dumpOfTable(other);
    const table = tableOf(2, ['/a', '/a', '/b']);
    table.merge(other);
    table.merge(other);
    expect(dumpOfTable(other)).toEqual(before);
  });

  it('never loses a request, whatever is merged in whatever order', () => {
    const anyRoute = fc.integer({ min: 0, max: 30 }).map((n) => `/${n}`);
    fc.assert(
      fc.property(fc.array(anyRoute, { maxLength: 200 }), anySplit, fc.nat(10), (routes, split, cap) => {
        const requests = routes.map((route) => aRequest({ route }));
        const merged = splitAndMerge(requests, split, () => new EndpointTable(cap), record);
        const counts = [...merged.entries()].map(({ stats }) => stats.count);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(requests.length);
        expect(merged.size).toBe(Math.min(cap, new Set(routes).size));
      }),
    );
  });
});

function record(table: EndpointTable, request: RequestRecord): void {
  table.record(request);
}

function tableOf(maxEndpoints: number, routes: readonly string[]): EndpointTable {
  const table = new EndpointTable(maxEndpoints);
  for (const route of routes) table.record(aRequest({ route }));
  return table;
}

function countsOf(table: EndpointTable): Record<string, number> {
  return Object.fromEntries([...table.entries()].map(({ route, stats }) => [route, stats.count]));
}
