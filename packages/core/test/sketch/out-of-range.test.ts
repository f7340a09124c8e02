import { describe, expect, it } from '@jest/globals';
import { MAX_RELATIVE_ERROR, MAX_VALUE_MS, MIN_VALUE_MS } from '../../src/sketch/mapping.ts';
import { Sketch } from '../../src/sketch/sketch.ts';

describe('a value outside 1 µs to 1 h', () => {
  it('is counted at the lower end, and as below the range', () => {
    const sketch = new Sketch();
    for (const valueMs of [0, -0, Number.MIN_VALUE, MIN_VALUE_MS / 2]) sketch.add(valueMs);
    expect(sketch).toMatchObject({ count: 4, belowRange: 4, aboveRange: 0 });
    expect(relativeError(sketch.quantile(1), MIN_VALUE_MS)).toBeLessThanOrEqual(MAX_RELATIVE_ERROR);
  });

  it('is counted at the upper end, and as above the range', () => {
    const sketch = new Sketch();
    for (const valueMs of [MAX_VALUE_MS * 2, Number.MAX_VALUE]) sketch.add(valueMs);
    expect(sketch).toMatchObject({ count: 2, belowRange: 0, aboveRange: 2 });
    expect(relativeError(sketch.quantile(0), MAX_VALUE_MS)).toBeLessThanOrEqual(MAX_RELATIVE_ERROR);
  });

  it('is neither exactly at 1 µs nor exactly at 1 h', () => {
    const sketch = new Sketch();
    for (const valueMs of [MIN_VALUE_MS, MAX_VALUE_MS]) sketch.add(valueMs);
    expect(sketch).toMatchObject({ count: 2, belowRange: 0, aboveRange: 0 });
  });
});

function relativeError(estimate: number, exact: number): number {
  return Math.abs(estimate - exact) / exact;
}
