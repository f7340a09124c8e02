import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';
import { Keyring } from '@tacho/store';
import fc from 'fast-check';
import { Meta } from '../../src/rows/meta.ts';
import { SteadyClock } from '../../src/rows/steady-clock.ts';
import { NOON_MS, StoreBench } from './store-bench.ts';

describe('the steady time of a store', () => {
  let bench: StoreBench;
  beforeEach(() => {
    bench = new StoreBench();
  });
  afterEach(() => bench.close());

  /** Of a process that has just begun. */
  function process(): SteadyClock {
    const { database } = bench.open().file;
    return new SteadyClock(database, new Meta(database, Keyring.of([])));
  }

  it('goes on with the clock, whoever looks', () => {
    const [a, b] = [process(), process()];
    expect(a.at(NOON_MS)).toBe(0);
    expect(b.at(NOON_MS + MINUTE_MS)).toBe(MINUTE_MS);
    expect(a.at(NOON_MS + 10 * MINUTE_MS)).toBe(10 * MINUTE_MS);
  });

  it('goes on by an hour at most, and by a week where nobody looked', () => {
    const first = process();
    expect(first.at(NOON_MS)).toBe(0);
    expect(first.at(NOON_MS + 3653 * DAY_MS)).toBe(HOUR_MS);
    expect(first.at(NOON_MS)).toBe(HOUR_MS);
    const second = process();
    expect(second.at(NOON_MS + 3 * DAY_MS)).toBe(HOUR_MS + 3 * DAY_MS);
    expect(process().at(NOON_MS + 60 * DAY_MS)).toBe(HOUR_MS + 10 * DAY_MS);
  });

  it('is not hurried by a clock that trembles, or by clocks that are out of step', () => {
    const [a, b] = [process(), process()];
    a.at(NOON_MS);
    b.at(NOON_MS);
    let steadyMs = 0;
    for (let n = 0; n < 200; n++) {
      a.at(NOON_MS + n * SECOND_MS + (n % 3) * SECOND_MS);
      steadyMs = b.at(NOON_MS + n * SECOND_MS - 5 * MINUTE_MS);
    }
    expect(steadyMs).toBeLessThanOrEqual(202 * SECOND_MS);
    expect(steadyMs).toBeGreaterThanOrEqual(190 * SECOND_MS);
  });

  it('never goes back, and never faster than an hour a look, whatever the clock says', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 * NOON_MS), { maxLength: 20 }), (timesMs) => {
        const clock = process();
        let beforeMs = clock.at(NOON_MS);
        for (const timeMs of timesMs) {
          const steadyMs = clock.at(timeMs);
          expect(steadyMs).toBeGreaterThanOrEqual(beforeMs);
          expect(steadyMs).toBeLessThanOrEqual(beforeMs + HOUR_MS);
          beforeMs = steadyMs;
        }
      }),
      { numRuns: 20 },
    );
  });
});
