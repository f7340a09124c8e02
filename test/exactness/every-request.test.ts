import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { endAll } from '../processes.ts';
import { type Books, expectEqualBooks, measure } from './compare.ts';
import { describeOtherWays } from './other-ways.ts';

afterEach(endAll);

/** A million are in the long tier, and all ways. */
jest.setTimeout(240_000);

/** How often each of the odd requests. */
const ODD = 40;

describe('every request is counted once, under its endpoint and its outcome', () => {
  it('for 10,000 requests of many kinds under the default sampler', async () => {
    const books = await measure({ bulk: 10_000, odd: ODD, slow: 10, hostile: false });
    expect(books.client.total).toBeGreaterThanOrEqual(10_000);
    expectEqualBooks(books, ODD);
    expectSummary(books);
    console.log(`${books.client.total} requests in ${books.client.seconds.toFixed(1)} s`);
  });

  describeOtherWays(2_000, ['standard', 'unsampled']);
});

function expectSummary({ client, endpoints, summary, slowRequests }: Books): void {
  const totals = Object.values(endpoints);
  const sumOf = (field: keyof (typeof totals)[number]): number =>
    totals.reduce((sum, each) => sum + each[field], 0);
  for (const field of ['client_errors', 'server_errors', 'aborted', 'streamed'] as const) {
    expect([field, summary[field]]).toEqual([field, sumOf(field)]);
  }
  expect(summary.slow_requests).toBeGreaterThanOrEqual(10);
  expect(slowRequests).toEqual(
    Array.from({ length: 10 }, () =>
      expect.objectContaining({ endpoint: '/api/slow', method: 'GET', status_code: 200 }),
    ),
  );
  const busiest = Object.entries(client.endpoints).sort(([, a], [, b]) => countOf(b) - countOf(a));
  expect(summary.top_endpoints).toHaveLength(10);
  expect(summary.top_endpoints[0]).toMatchObject({
    endpoint: busiest[0]?.[0],
    count: countOf(busiest[0]?.[1]),
  });
}

function countOf(tally: unknown): number {
  return (tally as { count: number }).count;
}
