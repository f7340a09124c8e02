import { describe, expect, it } from '@jest/globals';
import { EpochClock } from '../src/epoch-clock.ts';

const START_MS = 1_750_000_000_000;

/** A clock over a wall clock that can be set. */
class Clocks {
  /** How far the wall clock is ahead of where it began. */
  aheadMs = 0;
  /** How often the wall clock was read. */
  reads = 0;
  #atMs = 0;
  readonly #epoch = new EpochClock(() => {
    this.reads++;
    return START_MS + this.aheadMs + this.#atMs;
  });

  at(atMs: number): number {
    this.#atMs = atMs;
    return this.#epoch.at(atMs);
  }
}

describe('the epoch at a moment', () => {
  it('goes on with the monotonic clock, and the wall clock is read twice a second', () => {
    const clocks = new Clocks();
    for (let atMs = 0; atMs <= 10_000; atMs += 0.5) expect(clocks.at(atMs)).toBe(START_MS + atMs);
    expect(clocks.reads).toBe(20);
  });

  it.each([3_600_000, -3_600_000])(
    'follows a wall clock that is set by %i ms, within half a second',
    (setByMs) => {
      const clocks = new Clocks();
      clocks.at(0);
      clocks.aheadMs = setByMs;
      expect(clocks.at(500)).toBe(START_MS + 500);
      expect(clocks.at(500.5)).toBe(START_MS + setByMs + 500.5);
    },
  );

  it('is right after a long time without a request', () => {
    const clocks = new Clocks();
    clocks.at(0);
    expect(clocks.at(86_400_000)).toBe(START_MS + 86_400_000);
  });
});
