import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UserTable } from '../../src/user-table.ts';
import { anySplit, splitAndMerge } from '../any-split.ts';
import { aRequest } from '../report/measured.ts';
import { record, sumOf, tableOf, totalsOf } from './measured-users.ts';

const anyUser = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map((n) => `heavy-${n}`),
  fc.integer({ min: 0, max: 500 }).map((n) => `light-${n}`),
);
const anyUsers = fc.array(anyUser, { maxLength: 400 });
const anyCap = fc.integer({ min: 1, max: 20 });

function trueTotals(users: readonly string[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const user of users) totals.set(user, (totals.get(user) ?? 0) + 1);
  return totals;
}

/** What a table of n requests may lack of a user. */
function lackOf(n: number, maxUsers: number): number {
  return n / (maxUsers + 1);
}

describe('whatever the order of requests', () => {
  it('everybody has an entry while there are few', () => {
    const users = Array.from({ length: 20 }, (_, n) => `${n}`);
    expect(tableOf(10, users).size).toBe(20);
  });

  it('no entry lacks more than the share that is promised, and nobody has too much', () => {
    fc.assert(
      fc.property(anyUsers, anyCap, (users, maxUsers) => {
        const totals = totalsOf(tableOf(maxUsers, users));
        for (const [user, total] of trueTotals(users)) {
          expect(totals[user] ?? 0).toBeLessThanOrEqual(total);
          expect(totals[user] ?? 0).toBeGreaterThanOrEqual(total - lackOf(users.length, maxUsers));
        }
      }),
    );
  });

  it('the same holds however the requests were split and merged', () => {
    fc.assert(
      fc.property(anyUsers, anySplit, anyCap, (users, split, maxUsers) => {
        const requests = users.map((user) => aRequest({ user }));
        const totals = totalsOf(splitAndMerge(requests, split, () => new UserTable(maxUsers), record));
        for (const [user, total] of trueTotals(users)) {
          expect(totals[user] ?? 0).toBeLessThanOrEqual(total);
          expect(totals[user] ?? 0).toBeGreaterThanOrEqual(total - lackOf(users.length, maxUsers));
        }
      }),
    );
  });

  it('the sum is exact, and the size bounded', () => {
    fc.assert(
      fc.property(anyUsers, anySplit, fc.nat(20), (users, split, maxUsers) => {
        const requests = users.map((user) => aRequest({ user }));
        const table = splitAndMerge(requests, split, () => new UserTable(maxUsers), record);
        expect(sumOf(table)).toBe(users.length);
        expect(table.size).toBeLessThanOrEqual(2 * maxUsers);
      }),
    );
  });
});

describe('a heavy user', () => {
  it('who comes after a flood of others has an entry', () => {
    const flood = Array.from({ length: 5000 }, (_, n) => `light-${n}`);
    const totals = totalsOf(tableOf(50, [...flood, ...Array<string>(300).fill('heavy')]));
    expect(totals.heavy).toBe(300);
  });

  it('who comes now and then, among users seen once, gets past those who were heavy long ago', () => {
    const table = new UserTable(50);
    const longAgo = Array.from({ length: 50 }, (_, n) => `old-${n}`);
    for (let n = 0; n < 20; n++) table.merge(tableOf(50, longAgo));
    for (let minute = 0; minute < 60; minute++) {
      const once = Array.from({ length: 60 }, (_, n) => `once-${minute}-${n}`);
      table.merge(tableOf(50, [...once, ...Array<string>(5).fill('heavy')]));
    }
    expect(totalsOf(table).heavy).toBeGreaterThan(200);
  });

  it('keeps an entry when the light ones are folded', () => {
    const users = Array.from({ length: 20_000 }, (_, n) => (n % 10 === 0 ? 'heavy' : `light-${n}`));
    const table = tableOf(50, users);
    expect(totalsOf(table).heavy).toBe(2000);
    expect(sumOf(table)).toBe(20_000);
  });
});
