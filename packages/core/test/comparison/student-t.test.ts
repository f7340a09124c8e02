import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tQuantile } from '../../src/comparison/student-t.ts';

describe("Student's t", () => {
  // Abramowitz & Stegun, table 26.10, two-sided.
  it.each([
    [0.95, 1, 12.706],
    [0.95, 2, 4.303],
    [0.95, 5, 2.571],
    [0.95, 10, 2.228],
    [0.95, 30, 2.042],
    [0.95, 120, 1.98],
    [0.99, 1, 63.657],
    [0.99, 8, 3.355],
    [0.99, 40, 2.704],
    [0.9, 4, 2.132],
    [0.5, 7, 0.711],
    [0.95, 1e9, 1.96],
  ])('stays with confidence %p and %p degrees of freedom within %p', (confidence, degrees, expected) => {
    expect(tQuantile(confidence, degrees)).toBeCloseTo(expected, 3);
  });

  it('stays within the tangent of half the confidence with one degree of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.9999, noNaN: true }), (confidence) => {
        const exact = Math.tan((Math.PI / 2) * confidence);
        expect(Math.abs(tQuantile(confidence, 1) / exact - 1)).toBeLessThan(1e-8);
      }),
    );
  });

  it('needs more for more confidence, and less with more degrees of freedom', () => {
    const confidences = fc.double({ min: 0.01, max: 0.999, noNaN: true });
    const degrees = fc.double({ min: 1, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(confidences, confidences, degrees, degrees, (a, b, m, n) => {
        expect(tQuantile(Math.min(a, b), m)).toBeLessThanOrEqual(tQuantile(Math.max(a, b), m));
        expect(tQuantile(a, Math.max(m, n))).toBeLessThanOrEqual(tQuantile(a, Math.min(m, n)) + 1e-9);
      }),
    );
  });
});
