import { describe, expect, it } from '@jest/globals';
import { OVERFLOW_ROUTE } from '../../src/record.ts';
import { endpointReport, endpointsReport } from '../../src/report/endpoints.ts';
import { aRequest, loginRequests, windowOf } from './measured.ts';

describe("the guide's endpoint", () => {
  const report = endpointsReport(windowOf(loginRequests()))['POST /api/auth/login'];

  it("has the guide's figures", () => {
    expect(report).toMatchObject({
      count: 150,
      total_time: 35.2,
      min_time: 0.123,
      max_time: 1.456,
      errors: 5,
    });
    expect(report?.avg_time).toBe(0.234667);
    expect(report?.avg_time?.toFixed(3)).toBe('0.235');
  });

  it('has percentiles within one percent', () => {
    expect(Math.abs(Number(report?.p50) - 0.227)).toBeLessThanOrEqual(0.00227);
    expect(Math.abs(Number(report?.p99) - 0.252)).toBeLessThanOrEqual(0.00252);
  });

  it('tells client errors from server errors', () => {
    expect(report).toMatchObject({ client_errors: 5, server_errors: 0, aborted: 0, streamed: 0 });
  });

  it('has an Apdex by T = 0.5 s', () => {
    expect(report?.apdex).toBe(rounded4((149 + 1 / 2) / 150));
  });
});

describe('an endpoint', () => {
  it.each([
    ['p50', 0.5],
    ['p90', 0.9],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const)('has a %s within one percent', (percentile, seconds) => {
    const upToOneSecond = Array.from({ length: 1000 }, (_, index) => aRequest({ durationMs: index + 1 }));
    const shown = endpointsReport(windowOf(upToOneSecond))['GET /']?.[percentile];
    expect(Math.abs(Number(shown) - seconds)).toBeLessThanOrEqual(seconds / 100);
  });

  it('of aborted and streamed requests alone has no times', () => {
    const window = windowOf([aRequest({ outcome: 'aborted' }), aRequest({ outcome: 'streamed' })]);
    expect(endpointsReport(window)).toEqual(
      withoutPrototype({
        'GET /': {
          count: 0,
          total_time: 0,
          avg_time: null,
          min_time: null,
          max_time: null,
          errors: 0,
          p50: null,
          p90: null,
          p95: null,
          p99: null,
          apdex: null,
          client_errors: 0,
          server_errors: 0,
          aborted: 1,
          streamed: 1,
        },
      }),
    );
  });

  it('keeps aborted and streamed requests out of its times', () => {
    const window = windowOf([
      aRequest({ durationMs: 10 }),
      aRequest({ durationMs: 60_000, outcome: 'aborted' }),
      aRequest({ durationMs: 3_600_000, outcome: 'streamed', status: 500 }),
    ]);
    expect(endpointsReport(window)['GET /']).toMatchObject({
      count: 1,
      total_time: 0.01,
      max_time: 0.01,
      errors: 0,
      aborted: 1,
      streamed: 1,
    });
  });

  it('frustrates with a fast server error', () => {
    const window = windowOf([aRequest({ status: 503 }), aRequest({ status: 404 })]);
    expect(endpointsReport(window)['GET /']).toMatchObject({
      apdex: 0.5,
      client_errors: 1,
      server_errors: 1,
    });
  });
});

describe('all endpoints', () => {
  it('come with most requests first, whatever their outcome, then by name', () => {
    const window = windowOf([
      aRequest({ route: '/b' }),
      aRequest({ route: '/a' }),
      aRequest({ route: '/c', outcome: 'streamed' }),
      aRequest({ route: '/c', outcome: 'aborted' }),
      aRequest({ method: 'DELETE', route: '/z' }),
    ]);
    expect(Object.keys(endpointsReport(window))).toEqual(['GET /c', 'DELETE /z', 'GET /a', 'GET /b']);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '🚀', 'a\nb', '{id}'])(
    'may have the route %j',
    (route) => {
      const window = windowOf([aRequest({ route }), aRequest({ route }), aRequest({ method: route, route })]);
      const report = endpointsReport(window);
      expect(Object.keys(report)).toEqual([`GET ${route}`, `${route} ${route}`]);
      expect(report[`GET ${route}`]?.count).toBe(2);
    },
  );

  it('have no prototype', () => {
    expect(Object.getPrototypeOf(endpointsReport(windowOf([])))).toBeNull();
    expect(JSON.stringify(endpointsReport(windowOf([])))).toBe('{}');
  });

  it('are in a plain order in JSON too', () => {
    const window = windowOf([
      aRequest({ route: '/1' }),
      aRequest({ route: '/0' }),
      aRequest({ route: '/1' }),
    ]);
    const keys = Object.keys(JSON.parse(JSON.stringify(endpointsReport(window))));
    expect(keys).toEqual(['GET /1', 'GET /0']);
  });
});

describe('one endpoint', () => {
  it('answers in the shape of all', () => {
    const window = windowOf([...loginRequests(), aRequest()]);
    const report = endpointReport(window, 'POST /api/auth/login');
    expect(report).toEqual(
      withoutPrototype({ 'POST /api/auth/login': endpointsReport(window)['POST /api/auth/login'] }),
    );
    expect(Object.getPrototypeOf(report)).toBeNull();
  });

  it.each(['POST /', 'GET', '', ' ', '/', 'get /', 'GET / ', '__proto__', 'toString'])(
    'that was not measured is undefined: %j',
    (endpoint) => {
      expect(endpointReport(windowOf([aRequest()]), endpoint)).toBeUndefined();
    },
  );

  it('may be the overflow entry', () => {
    const window = windowOf([aRequest(), aRequest({ route: '/past-the-cap' })], { maxEndpoints: 1 });
    const report = endpointReport(window, `* ${OVERFLOW_ROUTE}`);
    expect(report?.[`* ${OVERFLOW_ROUTE}`]?.count).toBe(1);
  });
});

function withoutPrototype(object: object): object {
  return Object.assign(Object.create(null), object);
}

function rounded4(value: number): number {
  return Number(value.toFixed(4));
}
