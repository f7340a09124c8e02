import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '@tacho/core';
import fc from 'fast-check';
import { MAX_STEP_MS, SteadyTime } from '../src/steady-time.ts';
import { NOON_MS } from './measured.ts';

function steadyAt(...clockMs: number[]): number[] {
  const time = new SteadyTime();
  return clockMs.map((nowMs) => time.at(nowMs));
}

describe('steady time', () => {
  it('goes as the clock goes', () => {
    expect(steadyAt(NOON_MS, NOON_MS + 1, NOON_MS + 10.5, NOON_MS + 10.5, NOON_MS + HOUR_MS)).toEqual([
      0,
      1,
      10.5,
      10.5,
      HOUR_MS,
    ]);
  });

  it.each([HOUR_MS, HOUR_MS + 1, DAY_MS, 3653 * DAY_MS])(
    'goes an hour when the clock is set %d ms ahead',
    (jumpMs) => {
      expect(steadyAt(NOON_MS, NOON_MS + jumpMs, NOON_MS + jumpMs + 5)).toEqual([0, HOUR_MS, HOUR_MS + 5]);
    },
  );

  it('stands still when the clock is set back, and then goes on', () => {
    expect(steadyAt(NOON_MS, NOON_MS - HOUR_MS, NOON_MS - HOUR_MS + 5, 0, 7)).toEqual([0, 0, 5, 5, 12]);
  });

  it('is what has passed, however often the clock was set, give or take an hour each time', () => {
    const anySteps = fc.array(
      fc.record({ passingMs: fc.nat(MAX_STEP_MS), jumpMs: fc.oneof(fc.constant(0), fc.integer()) }),
    );
    fc.assert(
      fc.property(anySteps, (steps) => {
        const time = new SteadyTime();
        let clockMs = 0;
        let passedMs = 0;
        let jumps = 0;
        time.at(clockMs);
        for (const { passingMs, jumpMs } of steps) {
          passedMs += passingMs;
          clockMs += passingMs + jumpMs;
          if (jumpMs !== 0) jumps++;
          expect(Math.abs(time.at(clockMs) - passedMs)).toBeLessThanOrEqual(jumps * MAX_STEP_MS);
        }
      }),
    );
  });
});
