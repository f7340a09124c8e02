/**
 * Value ⇄ bucket. An octave (a power of two of milliseconds) holds 64 buckets of equal width, so the bucket is
 * read straight from the float's bits: its exponent and the top six bits of its mantissa.
 *
 * A bucket [a, b) is represented by 2ab/(a+b), whose relative distance to both ends is (b−a)/(b+a). That is
 * largest in the first bucket of an octave, where b/a = 65/64: 1/129, which is under 0.78 %.
 */

/** The error bound holds from 1 µs to 1 h, both included, and up to the other ends of the buckets of these two. */
export const MIN_VALUE_MS = 0.001;
export const MAX_VALUE_MS = 3_600_000;

export const BUCKETS_PER_OCTAVE = 64;

/** Of any value in range, to what stands for its bucket. */
export const MAX_RELATIVE_ERROR = 1 / (2 * BUCKETS_PER_OCTAVE + 1);

const floats = new Float64Array(1);
/** The half of the float that holds its sign, exponent and the top of the mantissa. */
const highWord = new Int32Array(floats.buffer, 4 * highWordIndex(), 1);

const FIRST_KEY = keyOf(MIN_VALUE_MS);

export const BUCKET_COUNT = keyOf(MAX_VALUE_MS) - FIRST_KEY + 1;

/** @returns for a value too small or too great a bucket that there is not: one under 0, or from BUCKET_COUNT up */
export function bucketOf(valueMs: number): number {
  return keyOf(valueMs) - FIRST_KEY;
}

/** The bucket that counts what `bucketOf` tells: itself, or the lowest or highest. */
export function nearestBucket(bucket: number): number {
  return Math.min(Math.max(bucket, 0), BUCKET_COUNT - 1);
}

/** The bucket in which a sketch counts a value, in range or not. @param valueUs microseconds, from 0 up */
export function bucketOfUs(valueUs: number): number {
  return nearestBucket(bucketOf(valueUs / 1000));
}

/** The value that stands for a bucket, in milliseconds; `bucketOf` gives the same bucket for it. */
export function representativeOf(bucket: number): number {
  const a = lowerBoundOf(bucket);
  const b = lowerBoundOf(bucket + 1);
  return (2 * a * b) / (a + b);
}

/** The smallest value of a bucket, in milliseconds, and the upper bound (excluded) of the one before. */
export function lowerBoundOf(bucket: number): number {
  floats[0] = 0;
  highWord[0] = (bucket + FIRST_KEY) << 14;
  return floats[0]!;
}

/**
 * Sign, eleven bits of exponent and six of mantissa: a value that is not negative has a key from 0 up, but for −0.
 * The 14 has no name because of `Sketch.add`: V8 inlines in any case what takes it 27 bytes to say, and to look up
 * a name takes more.
 */
function keyOf(valueMs: number): number {
  floats[0] = valueMs;
  return highWord[0]! >> 14;
}

/** The machine's byte order decides. */
function highWordIndex(): 0 | 1 {
  return new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 1 : 0;
}
