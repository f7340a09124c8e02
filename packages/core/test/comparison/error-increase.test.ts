import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { errorIncrease, type Run } from '../../src/index.ts';
import { sliceOf } from './any-runs.ts';

function runOf(...slices: [errors: number, count: number][]): Run {
  return slices.map(([errors, count], index) => sliceOf(index, Array(count).fill(10), errors));
}

const anySlices = fc
  .array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 10 })
  .map((slices) => runOf(...slices.map(([errors, more]): [number, number] => [errors, errors + more])));

describe('an increase of errors', () => {
  // Newcombe 1998, table II, method 10: 56/70 and 48/80; 9/10 and 3/10; 0/10 and 0/10 turned around.
  it.each([
    [[48, 80], [56, 70], 0.2, 0.0524, 0.3339],
    [[3, 10], [9, 10], 0.6, 0.1705, 0.809],
    [[0, 10], [0, 10], 0, -0.2775, 0.2775],
    [[0, 20], [10, 10], 1, 0.6791, 1],
  ] as const)('from %p to %p is %p, from %p to %p', (before, now, share, low, high) => {
    const increase = errorIncrease(runOf([...before]), runOf([...now]), 0.95)!;
    expect(increase.share).toBeCloseTo(share, 10);
    expect(increase.low).toBeCloseTo(low, 4);
    expect(increase.high).toBeCloseTo(high, 4);
  });

  it('turns around where the sides change places', () => {
    fc.assert(
      fc.property(anySlices, anySlices, (before, now) => {
        const there = errorIncrease(before, now, 0.95)!;
        const back = errorIncrease(now, before, 0.95)!;
        expect(there.share).toBeCloseTo(-back.share, 12);
        expect(there.low).toBeCloseTo(-back.high, 12);
        expect(there.high).toBeCloseTo(-back.low, 12);
        expect(there.low).toBeLessThanOrEqual(there.share);
        expect(there.share).toBeLessThanOrEqual(there.high);
      }),
    );
  });

  it('is known less well where errors came in crowds', () => {
    const even = runOf(...Array.from({ length: 20 }, (): [number, number] => [1, 20]));
    const crowded = runOf(...Array.from({ length: 20 }, (_, i): [number, number] => [i === 0 ? 20 : 0, 20]));
    const none = runOf([0, 400]);
    expect(errorIncrease(none, crowded, 0.95)!.low).toBeLessThan(errorIncrease(none, even, 0.95)!.low);
  });

  it('is unknown without requests', () => {
    expect(errorIncrease(runOf([0, 0]), runOf([1, 2]), 0.95)).toBeUndefined();
    expect(errorIncrease([], runOf([1, 2]), 0.95)).toBeUndefined();
  });
});
