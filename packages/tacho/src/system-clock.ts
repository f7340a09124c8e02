import type { Clock } from '@tacho/core';

/** Node turns a longer interval into one of a millisecond. */
const MAX_INTERVAL_MS = 2 ** 31 - 1;

/**
 * The real clock.
 * @param onFailure is told what a tick threw or rejected with; the next tick comes all the same
 */
export function systemClock(onFailure: (thrown: unknown) => void): Clock {
  return {
    now: () => Date.now(),
    every(intervalMs, tick) {
      let ticking = false;
      const run = async (): Promise<void> => {
        if (ticking) return;
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
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}
