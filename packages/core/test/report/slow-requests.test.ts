import { describe, expect, it } from '@jest/globals';
import { slowRequestsReport } from '../../src/report/slow-requests.ts';
import { aRequest, windowOf } from './measured.ts';

const startMs = Date.parse('2025-07-19T01:42:25.123Z') + 0.456;

describe('slow requests', () => {
  it("have the guide's fields", () => {
    const window = windowOf([
      aRequest({
        startMs,
        durationMs: 2345.678,
        method: 'POST',
        route: '/api/auth/login',
        user: 'pseudonym-1',
        traceId: '0af7651916cd43dd8448eb211c80319c',
      }),
    ]);
    expect(slowRequestsReport(window, 20)).toEqual([
      {
        timestamp: '2025-07-19T01:42:25.123456Z',
        endpoint: '/api/auth/login',
        method: 'POST',
        response_time: 2.345678,
        status_code: 200,
        user_email: 'pseudonym-1',
        trace_id: '0af7651916cd43dd8448eb211c80319c',
      },
    ]);
  });

  it('have a null for a user and a trace that are not known', () => {
    const [request] = slowRequestsReport(windowOf([aRequest({ durationMs: 2001 })]), 20);
    expect(request).toMatchObject({ user_email: null, trace_id: null });
  });

  it('come slowest first, no more than asked for', () => {
    const durationsMs = [2500, 9000, 1999, 3000, 2000];
    const window = windowOf(durationsMs.map((durationMs) => aRequest({ durationMs })));
    const times = (limit: number) =>
      slowRequestsReport(window, limit).map((request) => request.response_time);
    expect(times(20)).toEqual([9, 3, 2.5]);
    expect(times(2)).toEqual([9, 3]);
  });

  it('are completed ones', () => {
    const window = windowOf([
      aRequest({ durationMs: 5000, outcome: 'aborted' }),
      aRequest({ durationMs: 5000, outcome: 'streamed' }),
    ]);
    expect(slowRequestsReport(window, 20)).toEqual([]);
  });
});
