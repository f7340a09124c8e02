import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { longestHoldMs } from './held.ts';
import { readAtOnce } from './readers.ts';
import { type ThirtyDays, thirtyDays } from './thirty-days.ts';

const GOOD_MS = 10;

let past: ThirtyDays;
beforeAll(async () => {
  past = await thirtyDays();
}, 60_000);
afterAll(() => past.close());

describe('a thousand endpoints over thirty days', () => {
  it.each([1, 4])(
    'read by %d at once hold the event loop for less than ten milliseconds',
    async (readers) => {
      const held = await longestHoldMs(() => readAtOnce(readers, past), { rounds: 60, goodMs: GOOD_MS });
      process.stdout.write(`${readers} readers: ${held.toFixed(1)} ms\n`);
      expect(held).toBeLessThan(GOOD_MS);
    },
    120_000,
  );
});
