import { expect, it } from '@jest/globals';
import { child } from './child.ts';

interface Reading {
  readonly count: number;
  readonly watchedShare: number;
  readonly told: number;
}

it('where collections come too thick, some are looked at in each interval, and it is known for how long', async () => {
  const { readings, stopped } = await child<{ readings: Reading[]; stopped: Reading }>('collecting.ts', [
    '--max-semi-space-size=1',
  ]);
  for (const { count, watchedShare, told } of readings) {
    expect(count).toBeGreaterThanOrEqual(50);
    expect(count).toBeLessThan(100);
    expect(told).toBe(count);
    expect(watchedShare).toBeGreaterThan(0);
    expect(watchedShare).toBeLessThan(0.8);
  }
  expect(stopped.count).toBe(0);
});
