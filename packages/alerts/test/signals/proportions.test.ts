import { describe, expect, it } from '@jest/globals';
import { effectiveCount } from '../../src/signals/effective-count.ts';
import { leastRise, wilson } from '../../src/signals/proportions.ts';

describe('the rise of a proportion', () => {
  it('has the interval of the publication: 56 of 70 and 48 of 80, 95 %', () => {
    // Newcombe 1998, table II, contrast (a), method 10: 0.0524 to 0.3339.
    const rise = leastRise({ share: 56 / 70, size: 70 }, { share: 48 / 80, size: 80 }, 1.959964);
    expect(rise).toBeCloseTo(0.0524, 4);
  });

  it('tells nothing of one request, and of none that failed', () => {
    expect(leastRise({ share: 1, size: 1 }, { share: 0, size: 1 }, 6)).toBeLessThan(0);
    expect(wilson({ share: 0, size: 10 }, 1.96).lower).toBe(0);
  });
});

describe('how many requests count', () => {
  it('is as many as there were, where they are one a minute', () => {
    expect(effectiveCount(10, 10)).toBe(10);
    expect(effectiveCount(5, 10)).toBe(5);
  });

  it('is no more than 200 in ten minutes', () => {
    expect(effectiveCount(1e9, 10)).toBeCloseTo(200, 0);
  });
});
