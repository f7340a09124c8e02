import { describe, expect, it } from '@jest/globals';
import type { RequestRecord } from '../../src/record.ts';
import { summaryReport } from '../../src/report/summary.ts';
import { aRequest, covered, NOW_MS, windowOf } from './measured.ts';

function compared(requests: RequestRecord[], others: RequestRecord[]) {
  const comparison = {
    ...covered(windowOf(others)),
    fromMs: Date.UTC(2025, 6, 18),
    toMs: Date.UTC(2025, 6, 19),
    skippedRows: 1,
  };
  return summaryReport(covered(windowOf(requests)), { nowMs: NOW_MS, comparison }).comparison;
}

describe('a summary compared with another range', () => {
  it('says the figures of that range, and what it covers', () => {
    const requests = [aRequest(), aRequest({ durationMs: 2500, status: 500 })];
    expect(compared([], requests)).toMatchObject({
      total_requests: 2,
      avg_response_time: 1.3,
      slow_requests: 1,
      error_rate: 50,
      p99: 2.5,
      server_errors: 1,
      from: '2025-07-18T00:00:00.000000Z',
      to: '2025-07-19T00:00:00.000000Z',
      resolution: 'minute',
      partial: true,
    });
  });

  it('says by how many percent each figure changed', () => {
    const slower = [
      aRequest({ durationMs: 150 }),
      aRequest({ durationMs: 150 }),
      aRequest({ durationMs: 150 }),
    ];
    expect(compared(slower, [aRequest(), aRequest({ status: 404 })])?.change).toMatchObject({
      total_requests: 50,
      avg_response_time: 50,
      error_rate: -100,
      client_errors: -100,
      server_errors: null,
    });
  });

  it.each([
    ['before', [aRequest()], []],
    ['now', [], [aRequest()]],
  ])('compares no average, rate or percentile where nothing was completed %s', (_when, requests, others) => {
    const change = compared(requests, others)?.change;
    expect(change).toMatchObject({
      avg_response_time: null,
      error_rate: null,
      p50: null,
      p99: null,
      apdex: null,
    });
  });

  it('is left out where nothing is compared', () => {
    expect(summaryReport(covered(windowOf([])), { nowMs: NOW_MS })).not.toHaveProperty('comparison');
  });
});
