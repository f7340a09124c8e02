import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  BUCKET_COUNT,
  bucketOf,
  lowerBoundOf,
  MAX_RELATIVE_ERROR,
  MAX_VALUE_MS,
  MIN_VALUE_MS,
  representativeOf,
} from '../../src/sketch/mapping.ts';

const everyBucket = Array.from({ length: BUCKET_COUNT }, (_, bucket) => bucket);

describe('a bucket', () => {
  it('is the first for the smallest value and the last for the largest', () => {
    expect([bucketOf(MIN_VALUE_MS), bucketOf(MAX_VALUE_MS)]).toEqual([0, BUCKET_COUNT - 1]);
  });

  it('begins at its lower bound and ends just before the next one', () => {
    const wrong = everyBucket.filter(
      (bucket) =>
        bucketOf(lowerBoundOf(bucket)) !== bucket || bucketOf(justBelow(lowerBoundOf(bucket + 1))) !== bucket,
    );
    expect(wrong).toEqual([]);
  });

  it('is represented by a value of its own, no further than the bound from either end', () => {
    const wrong = everyBucket.filter((bucket) => {
      const [low, high, value] = [lowerBoundOf(bucket), lowerBoundOf(bucket + 1), representativeOf(bucket)];
      const error = Math.max((value - low) / low, (high - value) / high);
      return bucketOf(value) !== bucket || error > MAX_RELATIVE_ERROR * (1 + 1e-9);
    });
    expect(wrong).toEqual([]);
    expect(MAX_RELATIVE_ERROR).toBeLessThan(0.008);
  });

  it('contains the values that map to it', () => {
    fc.assert(
      fc.property(fc.double({ min: MIN_VALUE_MS, max: MAX_VALUE_MS, noNaN: true }), (valueMs) => {
        const bucket = bucketOf(valueMs);
        expect(lowerBoundOf(bucket)).toBeLessThanOrEqual(valueMs);
        expect(lowerBoundOf(bucket + 1)).toBeGreaterThan(valueMs);
      }),
    );
  });
});

function justBelow(value: number): number {
  return value * (1 - Number.EPSILON / 2);
}
