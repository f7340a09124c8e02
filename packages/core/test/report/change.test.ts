import { describe, expect, it } from '@jest/globals';
import { changeOf } from '../../src/report/change.ts';

describe('a change', () => {
  it.each([
    [150, 100, 50],
    [50, 100, -50],
    [100, 100, 0],
    [0, 100, -100],
    [1, 3, -66.6667],
    [0, 0, null],
    [5, 0, null],
    [null, 5, null],
    [5, null, null],
    [null, null, null],
  ])('to %p from %p is %p percent', (now, before, percent) => {
    expect(changeOf({ p95: now }, { p95: before })).toEqual({ p95: percent });
  });

  it('is of each figure', () => {
    expect(changeOf({ a: 2, b: 3 }, { a: 1, b: 2 })).toEqual({ a: 100, b: 50 });
  });
});
