import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteWriter } from '../../src/bytes.ts';
import { decodeSketch, encodeSketch } from '../../src/sketch/codec.ts';
import { BUCKET_COUNT } from '../../src/sketch/mapping.ts';
import { Sketch } from '../../src/sketch/sketch.ts';
import { anyDurationMs } from '../anything.ts';
import { badDataOf, resultOrBadData } from '../bad-data.ts';

const VERSION = 1;
const QUANTILES = [0, 0.25, 0.5, 0.9, 0.99, 1];

describe('a stored sketch', () => {
  it('is the same when it is read again', () => {
    fc.assert(
      fc.property(fc.array(anyDurationMs, { maxLength: 200 }), (values) => {
        const sketch = sketchOf(values);
        expect(factsOf(decodeSketch(encodeSketch(sketch)))).toEqual(factsOf(sketch));
      }),
      { numRuns: 500 },
    );
  });

  it('is small', () => {
    expect(encodeSketch(new Sketch())).toHaveLength(5);
    expect(encodeSketch(sketchOf([5]))).toHaveLength(7);
    const everyLatency = Array.from({ length: 10_000 }, (_, i) => 0.5 * 4000 ** (i / 9999));
    expect(encodeSketch(sketchOf(everyLatency)).length).toBeLessThan(800);
  });

  it('is bad data wherever it is cut off', () => {
    const bytes = encodeSketch(sketchOf([0, 0.5, 1, 1.001, 40, 40, 40, 1e9]));
    for (let length = 0; length < bytes.length; length++)
      badDataOf(() => decodeSketch(bytes.subarray(0, length)));
  });

  it('is bad data, or some sketch, when its bytes are anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const sketch = resultOrBadData(() => decodeSketch(Uint8Array.of(VERSION, ...bytes)));
        if (sketch !== undefined)
          expect(factsOf(decodeSketch(encodeSketch(sketch)))).toEqual(factsOf(sketch));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a version that is not known', [VERSION + 1, 0, 0, 0, 0], /version 2/],
    ['a bucket past the last', [0, 0, BUCKET_COUNT, 1, 1], /no bucket/],
    ['more buckets than there are', [0, 0, 0, 2 ** 40, 1], /no bucket/],
    ['a gap past its end', [0, 0, 0, 2, 0, 2, 1], /out of place/],
    ['a gap as large as integers go', [0, 0, 0, 2, 0, Number.MAX_SAFE_INTEGER, 1], /out of place/],
    ['an empty bucket', [0, 0, 0, 1, 0, 0, 0], /holds nothing/],
    ['too many values', [0, 0, 0, 2, Number.MAX_SAFE_INTEGER, 1], /2\^53/],
    ['more out of range than there are', [1, 1, 0, 1, 1], /out of range/],
    ['bytes after its end', [0, 0, 0, 1, 1, 7], /1 bytes follow/],
  ])('is bad data with %s', (_what, numbers, message) => {
    const writer = new ByteWriter();
    if (numbers[0] !== VERSION + 1) writer.byte(VERSION);
    for (const number of numbers) writer.varint(number);
    expect(badDataOf(() => decodeSketch(writer.finish()))).toMatch(message);
  });
});

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const valueMs of values) sketch.add(valueMs);
  return sketch;
}

function factsOf(sketch: Sketch) {
  const buckets: [number, number][] = [];
  sketch.forEachBucket((bucket, count) => buckets.push([bucket, count]));
  const { count, belowRange, aboveRange } = sketch;
  return { count, belowRange, aboveRange, buckets, quantiles: QUANTILES.map((q) => sketch.quantile(q)) };
}
