import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  endpointsQuery,
  noQuery,
  slowRequestsQuery,
  summaryQuery,
  trendsQuery,
  usersQuery,
  windowQuery,
} from '../src/query.ts';
import { ENDPOINT_SORTS, SLOW_REQUEST_SORTS, USER_SORTS } from '../src/sorts.ts';

describe('a query', () => {
  it('has defaults', () => {
    expect(windowQuery.validate({})).toEqual({ ok: true, value: { hours: 24 } });
    expect(slowRequestsQuery.validate({})).toEqual({
      ok: true,
      value: { hours: 24, sort: 'response_time', limit: 20 },
    });
    expect(usersQuery.validate({})).toMatchObject({ value: { sort: 'count', limit: 20 } });
    expect(endpointsQuery.validate({})).toEqual({ ok: true, value: { hours: 24, sort: 'count' } });
  });

  it('lists its parameters', () => {
    expect(windowQuery.parameters).toEqual(['hours', 'from', 'to']);
    expect(slowRequestsQuery.parameters).toEqual(['hours', 'from', 'to', 'sort', 'limit', 'cursor']);
    expect(summaryQuery.parameters).toEqual(['hours', 'from', 'to', 'compare']);
    expect(trendsQuery.parameters).toEqual(['hours', 'from', 'to', 'compare', 'endpoint', 'metric', 'step']);
    expect(noQuery.parameters).toEqual([]);
  });

  it.each(['1', '720', '007'])('takes hours=%s', (hours) => {
    expect(windowQuery.validate({ hours })).toEqual({ ok: true, value: { hours: Number(hours) } });
  });

  it.each(['1', '20', '1000'])('takes limit=%s', (limit) => {
    expect(slowRequestsQuery.validate({ limit })).toMatchObject({ value: { limit: Number(limit) } });
  });

  it.each([
    '0',
    '1001',
    '-1',
    '+1',
    '1.5',
    '0x10',
    '1e3',
    ' 5 ',
    '5\n',
    '',
    '٣',
    '１',
    'abc',
    'NaN',
    'null',
    '9'.repeat(400),
  ])('refuses limit=%j, and says what it takes', (limit) => {
    expect(slowRequestsQuery.validate({ limit })).toEqual({
      ok: false,
      issue: { path: 'limit', message: 'a whole number from 1 to 1000' },
    });
  });

  it.each(['0', '721', '24h', ''])('refuses hours=%j, and says what it takes', (hours) => {
    expect(windowQuery.validate({ hours })).toEqual({
      ok: false,
      issue: { path: 'hours', message: 'a whole number from 1 to 720' },
    });
  });

  it.each(['limit', 'Hours', '__proto__', 'constructor', 'toString', 'a[b]', ''])(
    'refuses a parameter %j',
    (name) => {
      const given = Object.assign(Object.create(null), { [name]: '3' });
      expect(windowQuery.validate(given)).toMatchObject({ ok: false, issue: { path: name } });
    },
  );

  it('refuses numbers and lists: a query is text', () => {
    expect(windowQuery.validate({ hours: 24 }).ok).toBe(false);
    expect(windowQuery.validate({ hours: ['24'] }).ok).toBe(false);
  });

  it('takes no text but digits of a number within its bounds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (limit) => {
        const isTaken = slowRequestsQuery.validate({ limit }).ok;
        expect(isTaken).toBe(/^[0-9]+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= 1000);
      }),
    );
  });

  it.each([
    ['endpoints', endpointsQuery, ENDPOINT_SORTS],
    ['users', usersQuery, USER_SORTS],
    ['slow requests', slowRequestsQuery, SLOW_REQUEST_SORTS],
  ] as const)('orders %s by what is listed, and by nothing else', (_, { validate }, sorts) => {
    for (const sort of sorts) expect(validate({ sort })).toMatchObject({ value: { sort } });
    for (const sort of ['', 'P95', 'count,name', '-count', 'constructor', 'min_time']) {
      expect(validate({ sort })).toEqual({
        ok: false,
        issue: { path: 'sort', message: `one of ${sorts.join(', ')}` },
      });
    }
  });

  it('takes a cursor alone or with a limit', () => {
    expect(endpointsQuery.validate({ cursor: 'abc', limit: '5' })).toMatchObject({
      value: { cursor: 'abc', limit: 5 },
    });
    for (const [name, value] of Object.entries({ hours: '24', from: '1', to: '2', sort: 'count' })) {
      expect(endpointsQuery.validate({ cursor: 'abc', [name]: value })).toEqual({
        ok: false,
        issue: { path: name, message: 'left out where cursor is given' },
      });
    }
  });
});
