import { expect, it } from '@jest/globals';
import { Sketch } from '../../src/sketch/sketch.ts';

it('takes no memory for buckets until something is added', () => {
  expect(new Sketch().byteLength).toBe(0);
});

it('takes one octave for one value', () => {
  expect(sketchOf([5]).byteLength).toBe(256);
});

it('takes at most 4 KB for every latency from 0.5 ms to 2 s', () => {
  const latenciesMs = Array.from({ length: 10_000 }, (_, i) => 0.5 * 4000 ** (i / 9999));
  expect(sketchOf(latenciesMs).byteLength).toBeLessThanOrEqual(4096);
});

it('takes no more for values outside the range than for those at its ends', () => {
  const atTheEnds = sketchOf([0.001, 3_600_000]).byteLength;
  expect(sketchOf([0, 1e300]).byteLength).toBe(atTheEnds);
  expect(atTheEnds).toBeLessThanOrEqual(8448);
});

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const valueMs of values) sketch.add(valueMs);
  return sketch;
}
