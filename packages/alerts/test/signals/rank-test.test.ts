import { describe, expect, it } from '@jest/globals';
import { EndpointStats } from '@tacho/core';
import fc from 'fast-check';
import { rankTest } from '../../src/signals/rank-test.ts';

const durations = fc.array(fc.double({ min: 0.01, max: 10_000, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});

describe('the rank test of two sketches', () => {
  it('finds the share of pairs in which the one is greater, ties counting half', () => {
    fc.assert(
      fc.property(durations, durations, (now, before) => {
        const { superiority } = test(now, before);
        let [least, most] = [0, 0];
        for (const a of now) {
          for (const b of before) {
            least += a > b * 1.02 ? 1 : 0;
            most += a * 1.02 >= b ? 1 : 0;
          }
        }
        const pairs = now.length * before.length;
        expect(superiority).toBeGreaterThanOrEqual(least / pairs - 1e-9);
        expect(superiority).toBeLessThanOrEqual(most / pairs + 1e-9);
      }),
    );
  });

  it('is the same seen from the other side', () => {
    fc.assert(
      fc.property(durations, durations, (now, before) => {
        const there = test(now, before);
        const back = test(before, now);
        expect(there.superiority + back.superiority).toBeCloseTo(1, 9);
        expect(there.z).toBeCloseTo(-back.z, 6);
      }),
    );
  });

  it('has the standard error of the tables where nothing is tied', () => {
    // Ten of each, all of the one greater: U = 100, mean 50, standard deviation √(10·10·21/12) = 13.23.
    const small = Array.from({ length: 10 }, (_, index) => 1 + index);
    const great = small.map((value) => value * 100);
    expect(test(great, small).z).toBeCloseTo(50 / 13.23, 0);
  });

  it('finds nothing where all are alike', () => {
    expect(test([5, 5, 5], [5, 5])).toEqual({ superiority: 0.5, z: 0 });
  });
});

function test(now: readonly number[], before: readonly number[]) {
  return rankTest(sketchOf(now), sketchOf(before), { now: now.length, before: before.length });
}

function sketchOf(durations: readonly number[]) {
  const { sketch } = new EndpointStats();
  for (const durationMs of durations) sketch.add(durationMs);
  return sketch;
}
