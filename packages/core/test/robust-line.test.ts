import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { robustLine } from '../src/robust-line.ts';

const lineOf = (count: number, y: (x: number) => number) =>
  robustLine(Array.from({ length: count }, (_, x) => ({ x, y: y(x) })));

describe('a robust line', () => {
  it('is the line that points lie on, whatever a quarter of them say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20, max: 20 }),
        fc.integer({ min: -100, max: 100 }),
        fc.integer({ min: 12, max: 40 }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (slope, intercept, count, wrong) => {
          const line = lineOf(count, (x) => (x % 5 === 2 ? wrong : slope * x + intercept));
          expect(line?.slope).toBeCloseTo(slope, 6);
          expect(line?.intercept).toBeCloseTo(intercept, 4);
        },
      ),
    );
  });

  it('has bounds around its slope', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 5, maxLength: 40 }),
        (ys) => {
          const line = lineOf(ys.length, (x) => ys[x]!);
          expect(line!.lowestSlope).toBeLessThanOrEqual(line!.slope);
          expect(line!.highestSlope).toBeGreaterThanOrEqual(line!.slope);
        },
      ),
    );
  });

  it('of a level that wavers has a slope of 0 within its bounds, about 95 times in 100', () => {
    const random = seeded(11);
    const runs = Array.from({ length: 1000 }, () => lineOf(7, () => random()));
    const isTrend = (line: (typeof runs)[number]) => line!.lowestSlope > 0 || line!.highestSlope < 0;
    expect(runs.filter(isTrend).length).toBeLessThanOrEqual(60);
  });

  it('is none of fewer than five points', () => {
    expect(lineOf(4, (x) => x)).toBeUndefined();
    expect(lineOf(5, (x) => x)).toMatchObject({ slope: 1, lowestSlope: 1, highestSlope: 1 });
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
