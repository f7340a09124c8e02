import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Bucket, mergedBuckets, partMeanMs, quantileMs, TYPICAL } from '../../src/index.ts';
import { sliceOf } from './any-runs.ts';

const typicalMs = (buckets: readonly Bucket[]) => partMeanMs(buckets, TYPICAL);
const durations = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 });

describe('the typical time', () => {
  it('is the mean of the middle half', () => {
    expect(typicalMs(sliceOf(0, [1, 2, 3, 4, 5, 6, 7, 800]).buckets)).toBe(4.5);
    // A quarter is 1.25 requests: so three quarters of the second and of the fourth count.
    expect(typicalMs(sliceOf(0, [1, 2, 3, 8, 900]).buckets)).toBeCloseTo((0.75 * 2 + 3 + 0.75 * 8) / 2.5, 12);
    expect(typicalMs(sliceOf(0, [7]).buckets)).toBe(7);
    expect(typicalMs([])).toBeNaN();
  });

  it('is between the quartiles, and heeds no request outside of them', () => {
    fc.assert(
      fc.property(durations, (each) => {
        const { buckets } = sliceOf(0, each);
        expect(typicalMs(buckets)).toBeGreaterThanOrEqual(quantileMs(buckets, 0.25) - 1e-9);
        expect(typicalMs(buckets)).toBeLessThanOrEqual(
          quantileMs(buckets, Math.min(1, 0.75 + 1 / each.length)) + 1e-9,
        );
      }),
    );
  });
});

describe('merged buckets', () => {
  it('are those of all requests together', () => {
    fc.assert(
      fc.property(fc.array(durations), (slices) => {
        expect(mergedBuckets(slices.map((each) => sliceOf(0, each)))).toEqual(
          sliceOf(0, slices.flat()).buckets,
        );
      }),
    );
  });
});
