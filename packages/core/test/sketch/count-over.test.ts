import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_RELATIVE_ERROR } from '../../src/sketch/mapping.ts';
import { Sketch } from '../../src/sketch/sketch.ts';

const duration = fc.double({ min: 0.001, max: 3_600_000, noNaN: true });

describe('how many values are over another', () => {
  it('counts none that is not, and all that are by more than the width of a bucket', () => {
    fc.assert(
      fc.property(fc.array(duration), duration, (values, limit) => {
        const sketch = new Sketch();
        for (const value of values) sketch.add(value);
        const over = values.filter((value) => value > limit).length;
        const clearlyOver = values.filter((value) => value > limit * (1 + 3 * MAX_RELATIVE_ERROR)).length;
        expect(sketch.countOver(limit)).toBeLessThanOrEqual(over);
        expect(sketch.countOver(limit)).toBeGreaterThanOrEqual(clearlyOver);
      }),
    );
  });

  it('is none of an empty sketch', () => {
    expect(new Sketch().countOver(0)).toBe(0);
  });
});
