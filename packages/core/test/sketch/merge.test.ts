import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Sketch } from '../../src/sketch/sketch.ts';
import { anySplit, splitAndMerge } from '../any-split.ts';
import { anyDurationMs } from '../anything.ts';
import { dumpOfSketch } from '../dump.ts';

describe('merging sketches', () => {
  it('equals adding all values to one, however they were split and in whatever order and grouping', () => {
    fc.assert(
      fc.property(fc.array(anyDurationMs, { maxLength: 200 }), anySplit, (values, split) => {
        const merged = splitAndMerge(values, split, () => new Sketch(), add);
        expect(dumpOfSketch(merged)).toBe(dumpOfSketch(sketchOf(values)));
      }),
      { numRuns: 500 },
    );
  });

  it('with itself equals adding every value twice', () => {
    fc.assert(
      fc.property(fc.array(anyDurationMs), (values) => {
        const sketch = sketchOf(values);
        sketch.merge(sketch);
        expect(dumpOfSketch(sketch)).toBe(dumpOfSketch(sketchOf([...values, ...values])));
      }),
    );
  });

  it('leaves the other one as it was, and apart', () => {
    const other = sketchOf([1, 10, 100]);
    const before = dumpOfSketch(other);
    const sketch = new Sketch();
    sketch.merge(other);
    sketch.add(10);
    expect(dumpOfSketch(other)).toBe(before);
    expect(sketch.count).toBe(4);
  });

  it('with an empty one, either way, changes nothing', () => {
    const sketch = sketchOf([1, 10, 100]);
    const before = dumpOfSketch(sketch);
    sketch.merge(new Sketch());
    expect(dumpOfSketch(sketch)).toBe(before);
    const empty = new Sketch();
    empty.merge(sketch);
    expect(dumpOfSketch(empty)).toBe(before);
  });

  it('of ranges far apart keeps both ends', () => {
    const low = sketchOf([0.001, 0.0011]);
    low.merge(sketchOf([3_600_000, 3_500_000]));
    expect([low.count, Math.round(low.quantile(0) * 1e4), Math.round(low.quantile(1) / 1e5)]).toEqual([
      4, 10, 36,
    ]);
  });
});

function add(sketch: Sketch, valueMs: number): void {
  sketch.add(valueMs);
}

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const valueMs of values) sketch.add(valueMs);
  return sketch;
}
