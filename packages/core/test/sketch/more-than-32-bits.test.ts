import { describe, expect, it } from '@jest/globals';
import { bucketOf } from '../../src/sketch/mapping.ts';
import { Sketch } from '../../src/sketch/sketch.ts';
import { bucketsOf } from '../dump.ts';

const MAX_UINT32 = 2 ** 32 - 1;
const BUCKET = bucketOf(5);

describe('a sketch that holds more than 2^32 − 1 values', () => {
  it('stays exact when one more is added to a full bucket', () => {
    const sketch = filled(MAX_UINT32);
    for (const valueMs of [5, 5, 5000]) sketch.add(valueMs);
    expect(bucketsOf(sketch)).toEqual([
      [BUCKET, MAX_UINT32 + 2],
      [bucketOf(5000), 1],
    ]);
    expect(sketch.count).toBe(MAX_UINT32 + 3);
    expect(sketch.quantile(0.5)).toBeCloseTo(5, 1);
    expect(sketch.quantile(1)).toBeGreaterThan(4900);
  });

  it.each([
    ['two full ones', MAX_UINT32, MAX_UINT32],
    ['a small one and one past it', 1, 2 ** 40],
    ['one past it and a small one', 2 ** 40, 1],
  ])('stays exact when %s are merged', (_which, mine, others) => {
    const sketch = filled(mine);
    sketch.merge(filled(others));
    expect(bucketsOf(sketch)).toEqual([[BUCKET, mine + others]]);
    expect(sketch.count).toBe(mine + others);
  });

  it('stays exact when it is doubled again and again', () => {
    const sketch = filled(3);
    for (let doubling = 0; doubling < 40; doubling++) sketch.merge(sketch);
    expect(bucketsOf(sketch)).toEqual([[BUCKET, 3 * 2 ** 40]]);
  });

  it('still grows to other octaves', () => {
    const sketch = filled(2 ** 40);
    for (const valueMs of [0.01, 100_000]) sketch.add(valueMs);
    expect(bucketsOf(sketch).map(([, count]) => count)).toEqual([1, 2 ** 40, 1]);
  });
});

function filled(count: number): Sketch {
  const sketch = new Sketch();
  sketch.addToBucket(BUCKET, count);
  return sketch;
}
