import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Review, validateReview } from '@tacho/api-contract';
import { DAY_MS } from '@tacho/core';
import { tokenOf } from './bearers.ts';
import { identifying } from './identity/asked.ts';
import { aRequest, NOW_MS, type Served, serve, TOKEN } from './served.ts';
import { Stored } from './stored.ts';

let stored: Stored;
let served: Served;
const asViewer = { identify: identifying({ tokens: [tokenOf(TOKEN, 'viewer')] }) };

beforeEach(async () => {
  stored = new Stored();
  served = await serve({ history: stored.history });
});
afterEach(() => served.close());

async function review(query: string, from = served): Promise<Review> {
  const body = await (await from.get(`/review${query}`)).json();
  expect(validateReview(body)).toEqual({ ok: true, value: body });
  return body as Review;
}

describe('a review', () => {
  it('is of the last day, week or month that is over, and compares it with the one before', async () => {
    await stored.add(
      [1, 1, 2].map((days) =>
        aRequest({ startMs: NOW_MS - days * DAY_MS, user: 'pseudonym', durationMs: 2500 }),
      ),
    );
    expect(await review('')).toMatchObject({
      period: 'day',
      name: '2025-07-18',
      is_over: true,
      total_requests: 2,
      comparison: { name: '2025-07-17', total_requests: 1, change: { total_requests: 100 } },
      heaviest_users: [{ user: 'pseudonym', count: 2 }],
    });
    expect(await review('?period=week')).toMatchObject({ name: '2025-W28', total_requests: 0 });
    expect(await review('?period=month')).toMatchObject({ name: '2025-06', comparison: null });
  });

  it('is of the last that was over at a moment', async () => {
    expect((await review('?period=week&ending=2025-07-14')).name).toBe('2025-W28');
    expect((await review('?period=week&ending=2025-07-13T23:59:59Z')).name).toBe('2025-W27');
    expect((await review('?period=week&ending=2030-01-01')).name).toBe('2025-W28');
  });

  it('is of the one that runs, where it is asked for', async () => {
    await stored.add([aRequest({ startMs: NOW_MS - 60_000 })]);
    expect(await review('?period=month&current=true')).toMatchObject({
      name: '2025-07',
      is_over: false,
      total_requests: 1,
      to: '2025-08-01T00:00:00.000000Z',
    });
  });

  it('says in its headers what it covers', async () => {
    const { headers } = await served.get('/review?period=week');
    expect(headers.get('tacho-from')).toBe('2025-07-07T00:00:00.000000Z');
    expect(headers.get('tacho-to')).toBe('2025-07-14T00:00:00.000000Z');
  });

  it('names no users to viewers', async () => {
    await stored.add([aRequest({ startMs: NOW_MS - DAY_MS, user: 'pseudonym', durationMs: 2500 })]);
    const forViewers = await serve({ history: stored.history, ...asViewer });
    try {
      const seen = await review('', forViewers);
      expect(seen).toMatchObject({ heaviest_users: null, slowest_requests: [{ user_email: null }] });
      expect(JSON.stringify(seen)).not.toContain('pseudonym');
    } finally {
      await forViewers.close();
    }
  });

  it.each([
    ['?period=year', 'period'],
    ['?ending=tomorrow', 'ending'],
    ['?current=yes', 'current'],
    ['?current=true&ending=2025-07-14', 'current'],
  ])('of %s is refused', async (query, parameter) => {
    const response = await served.get(`/review${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_parameter', parameter });
  });
});
