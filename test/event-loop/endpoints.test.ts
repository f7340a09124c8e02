import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validateEndpoints } from '@tacho/api-contract';
import { longestHoldMs } from './held.ts';
import { readAtOnce } from './readers.ts';
import { ENDPOINTS, type ThirtyDays, thirtyDays } from './thirty-days.ts';

/** Far more than it is to be, which the long tier tells: here, the machine may have other work. */
const GOOD_MS = 250;

let past: ThirtyDays;
beforeAll(async () => {
  past = await thirtyDays();
}, 60_000);
afterAll(() => past.close());

describe('a thousand endpoints over thirty days', () => {
  it('are all read, by several readers at once', async () => {
    const bodies = await readAtOnce(4, past);
    expect(bodies.map((body) => Object.keys(JSON.parse(body)).length)).toEqual([
      ENDPOINTS,
      ENDPOINTS,
      ENDPOINTS / 2,
      ENDPOINTS,
    ]);
    const report = JSON.parse(bodies[0] ?? '');
    expect(validateEndpoints(report)).toEqual({ ok: true, value: report });
  });

  it('leave the event loop to the service', async () => {
    const held = await longestHoldMs(() => readAtOnce(4, past), { rounds: 8, goodMs: GOOD_MS });
    expect(held).toBeLessThan(GOOD_MS);
  });
});
