import { describe, expect, it } from '@jest/globals';
import { count, duration, percent } from '../src/figures.ts';

describe('figures', () => {
  it.each([
    [0, '0 ms'],
    [0.000_04, '<0.1 ms'],
    [0.004, '4.0 ms'],
    [0.00994, '9.9 ms'],
    [0.00996, '10 ms'],
    [0.9994, '999 ms'],
    [0.9996, '1.00 s'],
    [1.456, '1.46 s'],
    [99.44, '99.4 s'],
    [99.6, '100 s'],
    [12_345.6, '12,346 s'],
    [null, '–'],
  ])('of time: %p s is %s', (seconds, expected) => {
    expect(duration(seconds)).toBe(expected);
  });

  it.each([
    [0, '0.0%'],
    [0.04, '<0.1%'],
    [2.44, '2.4%'],
    [99.94, '99.9%'],
    [99.96, '>99.9%'],
    [100, '100.0%'],
    [null, '–'],
  ])('of shares: %p is %s', (value, expected) => {
    expect(percent(value)).toBe(expected);
  });

  it('of counts are grouped', () => {
    expect([count(0), count(1250), count(2 ** 50)]).toEqual(['0', '1,250', '1,125,899,906,842,624']);
  });
});
