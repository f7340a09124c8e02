import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Summary, validateSummary } from '@tacho/api-contract';
import { HOUR_MS } from '@tacho/core';
import { aRequest, NOW_MS, type Served, serve } from './served.ts';
import { Stored } from './stored.ts';

let stored: Stored;
let served: Served;
beforeEach(async () => {
  stored = new Stored();
  served = await serve({ history: stored.history });
  const hoursAgo = (hours: number, durationMs: number) =>
    aRequest({ startMs: NOW_MS - hours * HOUR_MS, durationMs });
  await stored.add([hoursAgo(0.5, 300), hoursAgo(1.5, 100), hoursAgo(1.6, 200), hoursAgo(26, 100)]);
});
afterEach(() => served.close());

async function summary(query: string): Promise<Summary> {
  const body = await (await served.get(`/summary${query}`)).json();
  expect(validateSummary(body)).toEqual({ ok: true, value: body });
  return body as Summary;
}

describe('a summary', () => {
  it('is compared with as long a time right before', async () => {
    const { from, comparison } = await summary('?hours=1&compare=previous');
    expect(comparison).toMatchObject({
      total_requests: 2,
      avg_response_time: 0.15,
      change: { total_requests: -50, avg_response_time: 100 },
      to: from,
    });
  });

  it('is compared with the time right before a range with an end', async () => {
    const range = '?from=2025-07-19T00:40Z&to=2025-07-19T02:00Z';
    expect(await summary(`${range}&compare=previous`)).toMatchObject({
      total_requests: 1,
      comparison: {
        total_requests: 2,
        from: '2025-07-18T23:38:00.000000Z',
        to: '2025-07-19T00:40:00.000000Z',
      },
    });
  });

  it('is compared with any interval', async () => {
    expect(await summary('?compare=2025-07-17/2025-07-18')).toMatchObject({
      total_requests: 3,
      comparison: {
        total_requests: 1,
        from: '2025-07-17T00:00:00.000000Z',
        to: '2025-07-18T00:00:00.000000Z',
        partial: false,
      },
    });
  });

  it('is not compared unasked', async () => {
    expect(await summary('')).not.toHaveProperty('comparison');
  });
});
