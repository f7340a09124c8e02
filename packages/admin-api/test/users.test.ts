import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Users, validateUsers } from '@tacho/api-contract';
import { OUTCOMES } from '@tacho/core';
import fc from 'fast-check';
import { aRequest, emptyWindow, historyOf, NOW_MS, type Served, serve } from './served.ts';

const HEX = '0123456789abcdef0123456789abcdef';
const KEY_PERIODS = [
  { id: 'k1', fromMs: NOW_MS - 40 * 86_400_000, toMs: NOW_MS - 10 * 86_400_000 },
  { id: 'k2', fromMs: NOW_MS - 10 * 86_400_000, toMs: undefined },
];

let served: Served;
let idle: Served;
beforeAll(async () => {
  const window = emptyWindow();
  for (let n = 0; n < 30; n++) {
    for (let count = 0; count <= n; count++) {
      window.record(aRequest({ user: `k2-${HEX.slice(2)}${n + 10}`, status: count === 0 ? 500 : 200 }));
    }
  }
  window.record(aRequest({ user: `k1-${HEX}`, outcome: 'aborted' }));
  served = await serve({ history: historyOf(window), keyPeriods: () => KEY_PERIODS });
  idle = await serve({ history: historyOf(emptyWindow()) });
});
afterAll(() => Promise.all([served.close(), idle.close()]));

async function usersAt(of: Served, query: string): Promise<Users> {
  const answer = await of.get(`/users${query}`);
  expect(answer.status).toBe(200);
  const body = await answer.json();
  expect(validateUsers(body)).toEqual({ ok: true, value: body });
  return body as Users;
}

describe('/users', () => {
  it('lists the heaviest twenty, and counts the others', async () => {
    const { users, others, key_periods } = await usersAt(served, '');
    expect(users.map(({ count }) => count)).toEqual(Array.from({ length: 20 }, (_, n) => 30 - n));
    expect(users[0]).toMatchObject({ key_period: 'k2', errors: 1, error_rate: 3.3333, avg_time: 0.1 });
    expect(others).toMatchObject({ count: 55, errors: 10, aborted: 1 });
    expect(key_periods).toEqual([
      { id: 'k1', from: '2025-06-09T01:42:25.123000Z', to: '2025-07-09T01:42:25.123000Z' },
      { id: 'k2', from: '2025-07-09T01:42:25.123000Z', to: null },
    ]);
  });

  it.each([
    ['?limit=1', 1],
    ['?limit=1000', 31],
    ['?hours=1&limit=5', 5],
  ])('%s lists %d', async (query, length) => {
    expect((await usersAt(served, query)).users).toHaveLength(length);
  });

  it('says what it covers', async () => {
    expect(await usersAt(served, '')).toMatchObject({
      from: '2025-07-18T01:42:00.000000Z',
      to: '2025-07-19T01:42:25.123000Z',
      resolution: 'minute',
      partial: false,
    });
  });

  it('is empty before anybody came', async () => {
    expect(await usersAt(idle, '')).toMatchObject({ users: [], key_periods: [], others: { count: 0 } });
  });

  it.each(['?limit=0', '?limit=1001', '?limit=x', '?hours=0', '?user=a', '?limit=1&limit=2'])(
    'refuses %s',
    async (query) => {
      expect((await served.get(`/users${query}`)).status).toBe(400);
    },
  );

  it('keeps the contract, whoever came', async () => {
    const anyRequest = fc
      .record({
        user: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
        outcome: fc.constantFrom(...OUTCOMES),
        durationMs: fc.double(),
        status: fc.integer({ min: 0, max: 999 }),
      })
      .map(aRequest);
    let history = historyOf(emptyWindow());
    const window = (fromMs: number, toMs: number) => history.window(fromMs, toMs);
    const any = await serve({ history: { window, series: history.series.bind(history) } });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRequest, { maxLength: 20 }), async (requests) => {
        const measured = emptyWindow();
        for (const request of requests) measured.record(request);
        history = historyOf(measured);
        const { users, others } = await usersAt(any, '?limit=3');
        const counted = [...users, others].map(({ count, aborted, streamed }) => count + aborted + streamed);
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(
          requests.filter(
            ({ user, durationMs }) => user !== undefined && durationMs >= 0 && durationMs <= 31_536_000_000,
          ).length,
        );
      }),
      { numRuns: 50 },
    );
    await any.close();
  });
});
