import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueMs, nextIndex, type SamplingPlan, sampleCount } from '../src/monitor/sampling.ts';

const seconds = (max: number) => fc.integer({ min: 1, max }).map((value) => value * 1000);
const plans = fc.record({ intervalMs: seconds(30), durationMs: seconds(300) });

describe('a sampling plan', () => {
  it.each([
    [60, 60, [0, 60]],
    [5, 30, [0, 5, 10, 15, 20, 25, 30]],
    [10, 25, [0, 10, 20, 25]],
    [3600, 60, [0, 60]],
    [1, 1, [0, 1]],
  ])('has its samples, every %i s for %i s, at %j', (interval, duration, dues) => {
    const plan = { intervalMs: interval * 1000, durationMs: duration * 1000 };
    expect(allDues(plan)).toEqual(dues.map((due) => due * 1000));
  });

  it('has the first at 0, the last at the end, and never more than an interval between two', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const dues = allDues(plan);
        expect(dues[0]).toBe(0);
        expect(dues.at(-1)).toBe(plan.durationMs);
        const gaps = dues.slice(1).map((due, index) => due - (dues[index] ?? 0));
        expect(Math.min(...gaps)).toBeGreaterThan(0);
        expect(Math.max(...gaps)).toBeLessThanOrEqual(plan.intervalMs);
      }),
    );
  });

  it('goes on without drift when each sample takes some of the interval', () => {
    fc.assert(
      fc.property(
        plans,
        fc.array(fc.double({ min: 0, max: 0.99, noNaN: true }), { minLength: 1 }),
        (plan, shares) => {
          const taken = [0];
          for (let index: number | undefined = 0; index !== undefined; ) {
            const share = shares[index % shares.length] ?? 0;
            index = nextIndex(plan, index, dueMs(plan, index) + share * plan.intervalMs * 0.99);
            if (index !== undefined) taken.push(index);
          }
          expect(taken.length).toBeGreaterThanOrEqual(sampleCount(plan) - 1);
          expect(taken.slice(0, -1)).toEqual(taken.slice(0, -1).map((_, position) => position));
          expect(taken.at(-1)).toBe(sampleCount(plan) - 1);
        },
      ),
    );
  });

  it('takes the latest of the samples that came due while the machine slept, and always the last', () => {
    fc.assert(
      fc.property(plans, fc.nat({ max: 310_000 }), fc.nat({ max: 99 }), (plan, elapsedMs, before) => {
        const last = sampleCount(plan) - 1;
        const index = Math.min(before, last);
        const next = nextIndex(plan, index, elapsedMs);
        if (index === last) {
          expect(next).toBeUndefined();
          return;
        }
        expect(next).toBeGreaterThan(index);
        expect(next).toBeLessThanOrEqual(last);
        const isTheOneAfter = next === index + 1;
        const isTheLatestDue =
          dueMs(plan, next ?? 0) <= elapsedMs && (next === last || dueMs(plan, (next ?? 0) + 1) > elapsedMs);
        expect(isTheOneAfter || isTheLatestDue).toBe(true);
      }),
    );
  });
});

function allDues(plan: SamplingPlan): number[] {
  return Array.from({ length: sampleCount(plan) }, (_, index) => dueMs(plan, index));
}
