/**
 * Value ⇄ bucket. An octave (a power of two of milliseconds) holds 64 buckets of equal width, so the bucket is
 * read straight from the float's bits: its exponent and the top six bits of its mantissa.
 *
 * A bucket [a, b) is represented by 2ab/(a+b), whose relative distance to both ends is (b−a)/(b+a). That is
 * largest in the first bucket of an octave, where b/a = 65/64: 1/129, which is under 0.78 %.
 */

/** The range within which the error bound holds: 1 µs to 1 h, both included. */
export const MIN_VALUE_MS = 0.001;
export const MAX_VALUE_MS = 3_600_000;

export const BUCKETS_PER_OCTAVE = 64;

/** Of any value in range, to what stands for its bucket. */
export const MAX_RELATIVE_ERROR = 1 / (2 * BUCKETS_PER_OCTAVE + 1);

const floats = new Float64Array(1);
const words = new Uint32Array(floats.buffer);
/** Which half of a float holds sign, exponent and the top of the mantissa: the machine's byte order decides. */
const HIGH_WORD = highWordIndex();
/** Leaves sign (always 0), eleven bits of exponent and six of mantissa. */
const SHIFT = 14;

const FIRST_KEY = keyOf(MIN_VALUE_MS);

export const BUCKET_COUNT = keyOf(MAX_VALUE_MS) - FIRST_KEY + 1;

/** @param valueMs from MIN_VALUE_MS to MAX_VALUE_MS; not checked here */
export function bucketOf(valueMs: number): number {
  return keyOf(valueMs) - FIRST_KEY;
}

/** The bucket in which a sketch counts a value, in range or not. @param valueUs microseconds, from 0 up */
export function bucketOfUs(valueUs: number): number {
  const valueMs = valueUs / 1000;
  if (valueMs > MAX_VALUE_MS) return BUCKET_COUNT - 1;
  return valueMs < MIN_VALUE_MS ? 0 : bucketOf(valueMs);
}

/** The value that stands for a bucket, in milliseconds; `bucketOf` gives the same bucket for it. */
export function representativeOf(bucket: number): number {
  const a = lowerBoundOf(bucket);
  const b = lowerBoundOf(bucket + 1);
  return (2 * a * b) / (a + b);
}

/** The smallest value of a bucket, in milliseconds, and the upper bound (excluded) of the one before. */
export function lowerBoundOf(bucket: number): number {
  words[1 - HIGH_WORD] = 0;
  words[HIGH_WORD] = (bucket + FIRST_KEY) << SHIFT;
  return floats[0]!;
}

function keyOf(valueMs: number): number {
  floats[0] = valueMs;
  return words[HIGH_WORD]! >>> SHIFT;
}

function highWordIndex(): 0 | 1 {
  floats[0] = 1;
  return words[0] === 0 ? 1 : 0;
}
