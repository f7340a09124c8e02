import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rounded } from '../../src/report/rounded.ts';
import { seconds } from '../../src/report/seconds.ts';

describe('seconds', () => {
  it.each([
    [234, 0.234],
    [2000, 2],
    [0, 0],
    [0.0004, 0],
    [0.0006, 0.000001],
    [1234.5678912, 1.234568],
    [31_536_000_000, 31_536_000],
  ])('of %d ms are %d', (durationMs, shown) => {
    expect(seconds(durationMs)).toBe(shown);
  });
});

describe('a rounded number', () => {
  it('has no more decimals than asked for', () => {
    expect(rounded(100 / 3, 4)).toBe(33.3333);
    expect(rounded(200 / 3, 4)).toBe(66.6667);
    expect(rounded(0.5, 0)).toBe(1);
  });

  it('is finite and near, however large', () => {
    const anyNumber = fc.double({ min: 0, noDefaultInfinity: true, noNaN: true });
    fc.assert(
      fc.property(anyNumber, fc.integer({ min: 0, max: 6 }), (value, decimals) => {
        const shown = rounded(value, decimals);
        expect(shown).not.toBe(Number.POSITIVE_INFINITY);
        expect(Math.abs(shown - value)).toBeLessThanOrEqual(0.5 / 10 ** decimals + value * Number.EPSILON);
      }),
    );
  });

  it('keeps the order of what it rounds', () => {
    const anyNumber = fc.double({ min: 0, noDefaultInfinity: true, noNaN: true });
    fc.assert(
      fc.property(anyNumber, anyNumber, (a, b) => {
        expect(rounded(Math.min(a, b), 6)).toBeLessThanOrEqual(rounded(Math.max(a, b), 6));
      }),
    );
  });
});
