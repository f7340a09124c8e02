import { describe, expect, it } from '@jest/globals';
import { usersQuery } from '../src/query.ts';
import { validateUsers } from '../src/users.ts';

const figures = {
  count: 150,
  total_time: 35.2,
  avg_time: 0.235,
  p95: 0.4,
  errors: 5,
  error_rate: 3.3333,
  aborted: 1,
  streamed: 2,
  slow_requests: 3,
};

const user = { user: 'k1-0123456789abcdef0123456789abcdef', key_period: 'k1', ...figures };
const period = { id: 'k1', from: '2025-06-19T01:42:25.123456Z', to: null };
const coverage = {
  from: '2025-07-18T01:42:00.000000Z',
  to: '2025-07-19T01:42:25.123456Z',
  resolution: 'minute',
  partial: false,
};

function answer(changed: { user?: object; others?: object; period?: object } = {}) {
  return {
    users: [{ ...user, ...changed.user }],
    others: { ...figures, ...changed.others },
    key_periods: [{ ...period, ...changed.period }],
    ...coverage,
  };
}

describe('users', () => {
  it('are handed back whole', () => {
    expect(validateUsers(answer())).toEqual({ ok: true, value: answer() });
  });

  it('may have no completed request, and no known period', () => {
    const unknown = { avg_time: null, p95: null, key_period: null };
    const changed = answer({ user: unknown, period: { from: null } });
    expect(validateUsers(changed)).toEqual({ ok: true, value: changed });
  });

  it.each(Object.keys(user))('need %s', (field) => {
    const { [field]: _, ...rest } = { ...user } as Record<string, unknown>;
    const issue = { ok: false, issue: { path: `users.0.${field}` } };
    expect(validateUsers({ ...answer(), users: [rest] })).toMatchObject(issue);
  });

  it.each([
    ['count', -1],
    ['user', 5],
    ['key_period', 1],
    ['error_rate', null],
    ['total_time', '35'],
  ])('have no %s of %p', (field, value) => {
    const issue = { ok: false, issue: { path: `users.0.${field}` } };
    expect(validateUsers(answer({ user: { [field]: value } }))).toMatchObject(issue);
  });

  it('are asked for like slow requests', () => {
    expect(usersQuery.parameters).toEqual(['hours', 'from', 'to', 'sort', 'limit', 'cursor']);
    expect(usersQuery.validate({})).toEqual({ ok: true, value: { hours: 24, sort: 'count', limit: 20 } });
    expect(usersQuery.validate({ limit: '1001' }).ok).toBe(false);
  });
});
