import { describe, expect, it } from '@jest/globals';
import { usersReport } from '../../src/report/users.ts';
import type { Window } from '../../src/window.ts';
import { aRequest, NOW_MS, windowOf } from './measured.ts';

const HEX = '0123456789abcdef0123456789abcdef';
const FIRST = `k1-${HEX}`;
const SECOND = `k2-${HEX}`;
const TENTH = `k10-${HEX}`;

function report(window: Window, limit = 20, keyPeriods?: Parameters<typeof usersReport>[1]['keyPeriods']) {
  const covered = {
    window,
    fromMs: NOW_MS - 3_600_000,
    toMs: Number.POSITIVE_INFINITY,
    skippedRows: 0,
    partial: false,
  };
  return usersReport({ ...covered, resolution: 'minute' }, { nowMs: NOW_MS, limit, keyPeriods });
}

function requestsOf(user: string, count: number) {
  return Array.from({ length: count }, () => aRequest({ user }));
}

describe('users', () => {
  it('have figures like an endpoint, and the period of their key', () => {
    const window = windowOf([
      aRequest({ user: FIRST, durationMs: 100 }),
      aRequest({ user: FIRST, durationMs: 2500, status: 404 }),
      aRequest({ user: FIRST, outcome: 'aborted' }),
      aRequest({ user: FIRST, outcome: 'streamed' }),
    ]);
    expect(report(window)).toEqual({
      users: [
        {
          user: FIRST,
          key_period: 'k1',
          count: 2,
          total_time: 2.6,
          avg_time: 1.3,
          p95: expect.closeTo(2.5, 1),
          errors: 1,
          error_rate: 50,
          aborted: 1,
          streamed: 1,
          slow_requests: 1,
        },
      ],
      others: {
        count: 0,
        total_time: 0,
        avg_time: null,
        p95: null,
        errors: 0,
        error_rate: 0,
        aborted: 0,
        streamed: 0,
        slow_requests: 0,
      },
      key_periods: [{ id: 'k1', from: null, to: null }],
      from: '2025-07-19T00:42:25.123000Z',
      to: '2025-07-19T01:42:25.123000Z',
      resolution: 'minute',
      partial: false,
    });
  });

  it('come heaviest first, no more than asked for; all others stand together', () => {
    const window = windowOf([
      ...requestsOf('a', 2),
      ...requestsOf('b', 5),
      ...requestsOf('c', 2),
      ...requestsOf('d', 1),
    ]);
    const { users, others } = report(window, 2);
    expect(users.map(({ user, count }) => [user, count])).toEqual([
      ['b', 5],
      ['a', 2],
    ]);
    expect(others.count).toBe(3);
  });

  it('stand together with those that were folded', () => {
    const window = windowOf(
      ['a', 'b', 'c', 'd', 'e'].flatMap((user) => requestsOf(user, 1)),
      { maxUsers: 2 },
    );
    const { users, others } = report(window, 1);
    expect(users.length + others.count).toBe(5);
  });

  it('are not known where no request has one', () => {
    const { users, others, key_periods } = report(windowOf([aRequest()]));
    expect({ users, count: others.count, key_periods }).toEqual({ users: [], count: 0, key_periods: [] });
  });
});

describe('key periods', () => {
  const periods = [
    { id: 'k1', fromMs: NOW_MS - 60 * 86_400_000, toMs: NOW_MS - 30 * 86_400_000 },
    { id: 'k2', fromMs: NOW_MS - 30 * 86_400_000, toMs: undefined },
  ];

  it('are those of all users that were measured, listed or not, in order; times where they are known', () => {
    const window = windowOf([TENTH, SECOND, FIRST].flatMap((user) => requestsOf(user, 1)));
    expect(report(window, 1, periods).key_periods).toEqual([
      { id: 'k1', from: '2025-05-20T01:42:25.123000Z', to: '2025-06-19T01:42:25.123000Z' },
      { id: 'k2', from: '2025-06-19T01:42:25.123000Z', to: null },
      { id: 'k10', from: null, to: null },
    ]);
  });

  it.each(['', 'k1', 'k1-', `K1-${HEX}`, `k1-${HEX}0`, `-${HEX}`, `1-${HEX}`, 'user@sharif.edu'])(
    'are unknown of %j, which is no pseudonym',
    (user) => {
      const { users, key_periods } = report(windowOf([aRequest({ user })]));
      expect(users).toMatchObject([{ user, key_period: null }]);
      expect(key_periods).toEqual([]);
    },
  );
});
