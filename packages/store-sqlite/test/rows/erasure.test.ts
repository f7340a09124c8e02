import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '@tacho/core';
import { plainRow, requestsIn } from './plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from './store-bench.ts';

const ROWS = 200;

describe('a user who is erased', () => {
  let bench: StoreBench;
  beforeEach(() => {
    bench = new StoreBench();
  });
  afterEach(() => bench.close());

  it('is in no row of any level, and what the user requested still counts', () => {
    const rows = bench.open();
    const other = bench.open();
    const plain = Array.from({ length: ROWS }, (_, n) =>
      plainRow({
        startMs: NOON_MS + n * MINUTE_MS,
        sequence: n,
        requests: [{ user: n % 2 === 0 ? 'k1-aa' : 'k1-bb', durationMs: 3000 }],
      }),
    );
    rows.append(
      plain.map(({ row }) => row),
      NOON_MS,
    );
    for (let n = 0; n < 4; n++) while (rows.maintain(NOON_MS + n * HOUR_MS, 1000));
    const nowMs = NOON_MS + 4 * HOUR_MS;
    const users = (process = rows) => {
      const { window } = process.read(ALL_TIME, nowMs);
      const slow = window.slowRequests.list().filter(({ user }) => user !== undefined);
      return { users: [...window.users.entries()].map(({ user }) => user).sort(), slow: slow.length };
    };
    const requests = ({ window } = rows.read(ALL_TIME, nowMs)) => requestsIn(window);
    expect(users(other)).toEqual({ users: ['k1-aa', 'k1-bb'], slow: ROWS });
    expect(rows.erase(['k1-aa', 'k1-zz'])).toBeGreaterThan(ROWS / 2);
    for (const process of [rows, other, bench.open()]) {
      expect(users(process)).toEqual({ users: ['k1-bb'], slow: ROWS / 2 });
    }
    expect(requests()).toBe(ROWS);
    expect(rows.erase(['k1-aa'])).toBe(0);
    for (let n = 4; n < 40; n++) while (rows.maintain(NOON_MS + n * HOUR_MS, 1000));
    expect(users()).toEqual({ users: ['k1-bb'], slow: ROWS / 2 });
    expect(requests()).toBe(ROWS);
  });
});
