import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OUTCOMES, OVERFLOW_ROUTE, type RequestRecord } from '../../src/record.ts';
import { endpointsReport } from '../../src/report/endpoints.ts';
import { slowRequestsReport } from '../../src/report/slow-requests.ts';
import { summaryReport } from '../../src/report/summary.ts';
import { systemMetricsReport } from '../../src/report/system-metrics.ts';
import { aSample, covered, NOW_MS, windowOf } from './measured.ts';

const anyRequest: fc.Arbitrary<RequestRecord> = fc.record({
  startMs: fc.oneof(fc.double({ min: 0, max: 8.64e15, noNaN: true }), fc.double()),
  durationMs: fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: 0, max: 10_000, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 500, 2000, 31_536_000_000) },
    { weight: 1, arbitrary: fc.double() },
  ),
  method: fc.constantFrom('GET', 'POST', '_OTHER'),
  route: fc.oneof(fc.constantFrom('/', '/a', '/b', '__proto__', OVERFLOW_ROUTE), fc.string()),
  status: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom(0, 399, 400, 499, 500, Number.NaN)),
  outcome: fc.constantFrom(...OUTCOMES),
  user: fc.option(fc.string(), { nil: undefined }),
  traceId: fc.option(fc.string(), { nil: undefined }),
});

const anyTraffic = fc.array(anyRequest, { maxLength: 60 });

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

describe('whatever was measured', () => {
  it('the summary and the endpoints add up', () => {
    fc.assert(
      fc.property(anyTraffic, (requests) => {
        const window = windowOf(requests, { maxEndpoints: 4 });
        const summary = summaryReport(covered(window), { nowMs: NOW_MS });
        const endpoints = Object.values(endpointsReport(window));
        const ofAll = (field: (endpoint: (typeof endpoints)[number]) => number) => sum(endpoints.map(field));

        expect(summary.total_requests + summary.invalid).toBe(requests.length);
        expect(ofAll((one) => one.count + one.aborted + one.streamed)).toBe(summary.total_requests);
        expect(ofAll((one) => one.aborted)).toBe(summary.aborted);
        expect(ofAll((one) => one.streamed)).toBe(summary.streamed);
        expect(ofAll((one) => one.client_errors)).toBe(summary.client_errors);
        expect(ofAll((one) => one.server_errors)).toBe(summary.server_errors);
        expect(ofAll((one) => one.errors)).toBe(summary.client_errors + summary.server_errors);
        expect(slowRequestsReport(window, 1000)).toHaveLength(summary.slow_requests);
        expect(summary.error_rate).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('the times of an endpoint are in order', () => {
    fc.assert(
      fc.property(anyTraffic, (requests) => {
        for (const endpoint of Object.values(endpointsReport(windowOf(requests)))) {
          const { min_time, p50, p90, p95, p99, max_time, avg_time } = endpoint;
          const inOrder = [min_time, p50, p90, p95, p99, max_time];
          if (endpoint.count === 0) {
            expect([...inOrder, avg_time, endpoint.apdex]).toEqual(Array(8).fill(null));
          } else {
            expect(inOrder).toEqual(inOrder.map(Number).sort((a, b) => a - b));
            expect(avg_time).toBeGreaterThanOrEqual(Number(min_time));
            expect(avg_time).toBeLessThanOrEqual(Number(max_time));
            expect(endpoint.apdex).toBeGreaterThanOrEqual(0);
            expect(endpoint.apdex).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('every number is finite', () => {
    fc.assert(
      fc.property(anyTraffic, fc.double(), fc.double(), (requests, cpuPercent, memoryAvailableBytes) => {
        const window = windowOf(requests);
        window.addSample(aSample({ cpuPercent, memoryAvailableBytes }));
        const reports = [
          summaryReport(covered(window), { nowMs: NOW_MS }),
          endpointsReport(window),
          slowRequestsReport(window, 1000),
          systemMetricsReport(window),
        ];
        expect(numbersIn(reports).filter((number) => !Number.isFinite(number))).toEqual([]);
      }),
    );
  });
});
