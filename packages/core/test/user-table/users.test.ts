import { describe, expect, it } from '@jest/globals';
import { UserTable } from '../../src/user-table.ts';
import { ODD_NAMES } from '../odd-names.ts';
import { aRequest } from '../report/measured.ts';
import { dumpOfUsers, sumOf, tableOf, totalsOf } from './measured-users.ts';

describe('a user', () => {
  it('has the requests that were its own', () => {
    const table = new UserTable(10);
    table.record(aRequest({ user: 'a', durationMs: 100 }));
    table.record(aRequest({ user: 'a', durationMs: 3000, status: 500 }));
    table.record(aRequest({ user: 'a', outcome: 'aborted' }));
    table.record(aRequest({ user: 'b' }));
    const [a, b] = table.entries();
    expect(a).toMatchObject({ user: 'a', stats: { count: 2, aborted: 1, serverErrors: 1, slow: 1 } });
    expect(b).toMatchObject({ user: 'b', stats: { count: 1 } });
  });

  it('is nobody where a request has none', () => {
    const table = tableOf(10, [undefined, 'a', undefined]);
    expect(totalsOf(table)).toEqual({ a: 1 });
    expect(table.others.total).toBe(0);
  });

  it('may be named like anything that objects inherit', () => {
    const table = tableOf(100, [...ODD_NAMES, ...ODD_NAMES]);
    expect([...table.entries()].map(({ user, stats }) => [user, stats.total])).toEqual(
      ODD_NAMES.map((name) => [name, 2]),
    );
  });

  it('is one where names differ only in what is not kept of them, and loses nothing', () => {
    const long = 'x'.repeat(1024);
    const table = tableOf(10, ['a\ud800', 'a\ud801', `${long}1`, `${long}2`, 'a\ud800']);
    expect(totalsOf(table)).toEqual({ 'a\ufffd': 3, [long]: 2 });
  });
});

describe('erasing a user', () => {
  it('leaves the requests, and nothing that tells whose they were', () => {
    const table = tableOf(10, ['a', 'b', 'a']);
    expect(table.erase('a')).toBe(true);
    expect(totalsOf(table)).toEqual({ b: 1 });
    expect(table.others.total).toBe(2);
    expect(sumOf(table)).toBe(3);
  });

  it('is nothing where there is none', () => {
    const table = tableOf(10, ['a']);
    const before = dumpOfUsers(table);
    expect(table.erase('b')).toBe(false);
    expect(dumpOfUsers(table)).toEqual(before);
  });
});
