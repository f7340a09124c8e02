import { describe, expect, it } from '@jest/globals';
import { summaryReport } from '../../src/report/summary.ts';
import { aRequest, aSample, covered, loginRequests, NOW_MS, windowOf } from './measured.ts';

const options = { nowMs: NOW_MS };

describe("the guide's summary", () => {
  /** 1,250 requests, 292.5 s in all, 30 errors, 12 slow ones. */
  const window = windowOf([
    ...loginRequests(),
    ...Array.from({ length: 12 }, () => aRequest({ route: '/api/reports', durationMs: 2500 })),
    ...Array.from({ length: 1087 }, (_, index) =>
      aRequest({ route: '/api/users', durationMs: 209, status: index < 25 ? 404 : 200 }),
    ),
    aRequest({ route: '/api/users', durationMs: 117 }),
  ]);
  window.addSample(aSample());

  it("has the guide's figures", () => {
    expect(summaryReport(covered(window), options)).toMatchObject({
      total_requests: 1250,
      avg_response_time: 0.234,
      slow_requests: 12,
      error_rate: 2.4,
      system_health: 'healthy',
    });
  });

  it('ranks endpoints by their requests', () => {
    expect(summaryReport(covered(window), options).top_endpoints).toEqual([
      { endpoint: 'GET /api/users', count: 1088, avg_time: 0.208915, error_rate: 2.2978 },
      { endpoint: 'POST /api/auth/login', count: 150, avg_time: 0.234667, error_rate: 3.3333 },
      { endpoint: 'GET /api/reports', count: 12, avg_time: 2.5, error_rate: 0 },
    ]);
  });
});

describe('a summary of nothing', () => {
  it('has zeros for counts and nulls for what there is none of', () => {
    expect(summaryReport(covered(windowOf([])), options)).toEqual({
      total_requests: 0,
      avg_response_time: 0,
      slow_requests: 0,
      error_rate: 0,
      top_endpoints: [],
      system_health: 'unknown',
      p50: null,
      p90: null,
      p95: null,
      p99: null,
      apdex: null,
      client_errors: 0,
      server_errors: 0,
      aborted: 0,
      streamed: 0,
      invalid: 0,
      overflow_requests: 0,
      not_measured: Object.create(null),
      from: '2025-07-19T00:42:25.123000Z',
      to: '2025-07-19T01:42:25.123000Z',
      resolution: 'minute',
      partial: false,
    });
  });
});

describe('slow', () => {
  it.each([
    [2000, 0],
    [2000.001, 1],
  ])('a request of %d ms is counted %d times', (durationMs, slow) => {
    expect(summaryReport(covered(windowOf([aRequest({ durationMs })])), options).slow_requests).toBe(slow);
  });
});

describe('the total', () => {
  it('is of every outcome, the rate of errors is of completed requests', () => {
    const window = windowOf([
      aRequest(),
      aRequest({ status: 500 }),
      aRequest({ outcome: 'aborted', status: 500 }),
      aRequest({ outcome: 'streamed', status: 404 }),
    ]);
    expect(summaryReport(covered(window), options)).toMatchObject({
      total_requests: 4,
      error_rate: 50,
      client_errors: 0,
      server_errors: 1,
      aborted: 1,
      streamed: 1,
    });
  });

  it('holds what is past the cap, which is told', () => {
    const requests = Array.from({ length: 7 }, (_, index) => aRequest({ route: `/${index}` }));
    const summary = summaryReport(covered(windowOf(requests, { maxEndpoints: 2 })), options);
    expect(summary).toMatchObject({ total_requests: 7, overflow_requests: 5 });
  });

  it('leaves out what was no request to count, which is told by kind', () => {
    const window = windowOf([aRequest(), aRequest({ durationMs: Number.NaN })]);
    window.notMeasured.count('excluded /healthz', 3);
    window.notMeasured.count('__proto__', 2);
    const summary = summaryReport(covered(window), options);
    expect(summary).toMatchObject({ total_requests: 1, invalid: 1 });
    expect(Object.entries(summary.not_measured)).toEqual([
      ['__proto__', 2],
      ['excluded /healthz', 3],
    ]);
    expect(Object.getPrototypeOf(summary.not_measured)).toBeNull();
  });
});

describe('top endpoints', () => {
  it('are ten, by completed requests, then by all, then by name', () => {
    const requests = Array.from({ length: 12 }, (_, index) => aRequest({ route: `/${index + 10}` }));
    const window = windowOf([
      ...requests,
      aRequest({ route: '/20' }),
      aRequest({ route: '/19', outcome: 'aborted' }),
    ]);
    const names = summaryReport(covered(window), options).top_endpoints.map(({ endpoint }) => endpoint);
    expect(names).toHaveLength(10);
    expect(names.slice(0, 4)).toEqual(['GET /20', 'GET /19', 'GET /10', 'GET /11']);
  });

  it('leave out what was never completed', () => {
    const window = windowOf([aRequest({ outcome: 'streamed' })]);
    expect(summaryReport(covered(window), options).top_endpoints).toEqual([]);
  });
});

describe('system health', () => {
  it('is of the latest sample', () => {
    const window = windowOf([]);
    window.addSample(aSample({ timestampMs: NOW_MS - 1000, cpuPercent: 71 }));
    window.addSample(aSample({ timestampMs: NOW_MS - 20_000, cpuPercent: 99 }));
    expect(summaryReport(covered(window), options).system_health).toBe('warning');
  });

  it('is not of samples taken before the clock was set back', () => {
    const window = windowOf([]);
    window.addSample(aSample({ timestampMs: NOW_MS + 3_600_000, cpuPercent: 99 }));
    expect(summaryReport(covered(window), options).system_health).toBe('unknown');
    window.addSample(aSample({ timestampMs: NOW_MS - 1000 }));
    expect(summaryReport(covered(window), options).system_health).toBe('healthy');
  });

  it('is by the thresholds given', () => {
    const window = windowOf([]);
    window.addSample(aSample());
    const thresholds = {
      cpuWarning: 10,
      cpuCritical: 90,
      memoryWarning: 70,
      memoryCritical: 90,
      diskWarning: 80,
      diskCritical: 95,
    };
    expect(summaryReport(covered(window), { ...options, thresholds }).system_health).toBe('warning');
  });
});
