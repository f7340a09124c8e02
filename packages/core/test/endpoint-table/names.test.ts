import { describe, expect, it } from '@jest/globals';
import { EndpointTable, endpointName } from '../../src/endpoint-table.ts';
import { OVERFLOW_ROUTE } from '../../src/record.ts';
import { ODD_NAMES } from '../odd-names.ts';
import { aRequest } from '../report/measured.ts';

describe('an endpoint', () => {
  it('is found by method and route', () => {
    const table = tableOf(['GET', '/a'], ['POST', '/a'], ['GET', '/b c'], ['GET', '/a']);
    expect(table.get('GET /a')?.stats.count).toBe(2);
    expect(table.get('POST /a')?.stats.count).toBe(1);
    expect(table.get('GET /b c')).toMatchObject({ method: 'GET', route: '/b c' });
    expect(['GET /c', 'PUT /a', 'GET', '/a', ''].map((name) => table.get(name))).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('may be named like anything that objects inherit', () => {
    const table = tableOf(
      ...ODD_NAMES.flatMap((route): [string, string][] => [
        ['GET', route],
        ['GET', route],
      ]),
    );
    expect(ODD_NAMES.map((route) => table.get(`GET ${route}`)?.stats.count)).toEqual(ODD_NAMES.map(() => 2));
    expect([...table.entries()].map(endpointName).sort()).toEqual(
      ODD_NAMES.map((route) => `GET ${route}`).sort(),
    );
  });

  it('may have such a name for its method', () => {
    const table = tableOf(['__proto__', '/'], ['constructor', '/'], ['', '/']);
    expect(table.size).toBe(3);
    expect(table.get('__proto__ /')?.stats.count).toBe(1);
    expect(table.get(' /')?.stats.count).toBe(1);
  });

  it('is one where names differ only in what is not kept of them', () => {
    const table = tableOf(
      ['GET', 'a\ud800'],
      ['GET', 'a\ud801'],
      ['GET', `${'x'.repeat(1024)}1`],
      ['GET', `${'x'.repeat(1024)}2`],
    );
    expect([...table.entries()].map(({ route, stats }) => [route.length, stats.count])).toEqual([
      [2, 2],
      [1024, 2],
    ]);
  });
});

describe('the overflow entry', () => {
  it('takes requests whose route is the overflow route, whatever their method', () => {
    const table = tableOf(
      ['GET', OVERFLOW_ROUTE],
      ['POST', OVERFLOW_ROUTE],
      ['*', OVERFLOW_ROUTE],
      ['GET', '/'],
    );
    expect(table.get('* {overflow}')?.stats.count).toBe(3);
    expect(table.get('GET {overflow}')).toBeUndefined();
    expect(table.size).toBe(1);
  });

  it('is not there while nothing overflows', () => {
    const table = tableOf(['GET', '/']);
    expect(table.get('* {overflow}')).toBeUndefined();
    expect([...table.entries()]).toHaveLength(1);
  });
});

function tableOf(...requests: readonly (readonly [method: string, route: string])[]): EndpointTable {
  const table = new EndpointTable(100);
  for (const [method, route] of requests) table.record(aRequest({ method, route }));
  return table;
}
