import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RunPair, slowdown, TYPICAL } from '../../src/index.ts';
import { anyPairs, anyRun, later, sliceOf, slower } from './any-runs.ts';

const HOUR_MS = 3_600_000;

function swapped(pairs: readonly RunPair[]): RunPair[] {
  return pairs.map(({ baseline, current }) => ({ baseline: current, current: baseline }));
}

describe('a slowdown', () => {
  it('turns around where baseline and current change places', () => {
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        const there = slowdown(pairs, TYPICAL, 0.95);
        const back = slowdown(swapped(pairs), TYPICAL, 0.95);
        expect(there === undefined).toBe(back === undefined);
        if (there === undefined || back === undefined) return;
        expect(there.factor * back.factor).toBeCloseTo(1, 9);
        expect(there.low * back.high).toBeCloseTo(1, 9);
        expect(there.high * back.low).toBeCloseTo(1, 9);
      }),
      { numRuns: 30 },
    );
  });

  it('is the same in any unit of time', () => {
    fc.assert(
      fc.property(anyPairs, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (pairs, factor) => {
        const scaled = pairs.map(({ baseline, current }) => ({
          baseline: slower(baseline, factor),
          current: slower(current, factor),
        }));
        expectClose(slowdown(scaled, TYPICAL, 0.95), slowdown(pairs, TYPICAL, 0.95), 1);
      }),
      { numRuns: 30 },
    );
  });

  it('grows by exactly what makes the current side slower', () => {
    fc.assert(
      fc.property(anyPairs, fc.double({ min: 0.1, max: 10, noNaN: true }), (pairs, factor) => {
        const made = pairs.map(({ baseline, current }) => ({ baseline, current: slower(current, factor) }));
        expectClose(slowdown(made, TYPICAL, 0.95), slowdown(pairs, TYPICAL, 0.95), factor);
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on the order of pairs, and has its figure inside the interval, wider for more confidence', () => {
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        const one = slowdown(pairs, TYPICAL, 0.95);
        expectClose(slowdown(pairs.toReversed(), TYPICAL, 0.95), one, 1);
        const surer = slowdown(pairs, TYPICAL, 0.99);
        if (one === undefined || surer === undefined) return;
        expect(surer.low).toBeLessThanOrEqual(one.low);
        expect(one.low).toBeLessThanOrEqual(one.factor);
        expect(one.factor).toBeLessThanOrEqual(one.high);
        expect(one.high).toBeLessThanOrEqual(surer.high);
      }),
      { numRuns: 30 },
    );
  });

  it('is 1 of a run and itself', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        expect(slowdown([{ baseline: run, current: run }], TYPICAL, 0.95)?.factor).toBeCloseTo(1, 12);
      }),
      { numRuns: 30 },
    );
  });

  it('is known less well where the runs were not side by side, and better with more pairs', () => {
    const run = Array.from({ length: 20 }, (_, index) => sliceOf(index, Array(20).fill(10 + (index % 3))));
    const beside = slowdown([{ baseline: run, current: run }], TYPICAL, 0.95)!;
    const apart = slowdown([{ baseline: run, current: later(run, HOUR_MS) }], TYPICAL, 0.95)!;
    const often = slowdown(Array(8).fill({ baseline: run, current: later(run, HOUR_MS) }), TYPICAL, 0.95)!;
    expect(apart.high).toBeGreaterThan(beside.high);
    expect(often.high).toBeLessThan(apart.high);
  });

  it('is unknown of too few requests or too few slices', () => {
    const few = Array.from({ length: 4 }, (_, index) => sliceOf(index, Array(100).fill(10)));
    const thin = Array.from({ length: 19 }, (_, index) => sliceOf(index, [10]));
    const none: RunPair[] = [];
    const pairs = [few, thin, []].map((run) => [{ baseline: run, current: run }]);
    expect([none, ...pairs].map((each) => slowdown(each, TYPICAL, 0.95))).toEqual(Array(4).fill(undefined));
  });

  it('heeds noise that both sides share no more than it has to', () => {
    const noise = [1, 1.4, 0.9, 2, 1.2, 1.7, 1, 3, 1.1, 1.5];
    const run = noise.map((factor, index) => sliceOf(index, Array(20).fill(10 * factor)));
    const { low, high } = slowdown([{ baseline: run, current: slower(run, 1.1) }], TYPICAL, 0.95)!;
    expect([low > 1.05, high < 1.15]).toEqual([true, true]);
  });
});

function expectClose(
  actual: ReturnType<typeof slowdown>,
  expected: ReturnType<typeof slowdown>,
  factor: number,
): void {
  expect(actual === undefined).toBe(expected === undefined);
  if (actual === undefined || expected === undefined) return;
  for (const name of ['factor', 'low', 'high'] as const) {
    expect(actual[name] / (expected[name] * factor)).toBeCloseTo(1, 9);
  }
}
