import type { Clock } from '@tacho/core';

/** Node turns a longer interval into one of a millisecond. */
const MAX_INTERVAL_MS = 2 ** 31 - 1;

let lastNow = 0;

/** Epoch milliseconds. Never throws: where an application has put something else in the place of `Date`, time stands. */
export function wallTime(): number {
  try {
    const now = Date.now();
    if (Number.isFinite(now)) lastNow = now;
  } catch {
    // As of the last time.
  }
  return lastNow;
}

/**
 * The real clock.
 * @param onFailure is told what a tick threw or rejected with; the next tick comes all the same
 */
export function systemClock(onFailure: (thrown: unknown) => void): Clock {
  return {
    now: wallTime,
    every(intervalMs, tick) {
      let ticking = false;
      let stopped = false;
      const run = async (): Promise<void> => {
        if (ticking || stopped) return;
        ticking = true;
        try {
          await tick();
        } catch (thrown) {
          onFailure(thrown);
        } finally {
          ticking = false;
        }
      };
      const timer = setInterval(run, Math.min(intervalMs, MAX_INTERVAL_MS));
      const stop = (): void => {
        stopped = true;
        clearInterval(timer);
      };
      try {
        timer.unref();
      } catch (error) {
        stop();
        throw error;
      }
      return stop;
    },
  };
}
