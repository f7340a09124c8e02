import type { Clock } from '@tacho/core';

/**
 * Calls `run` once, after about `ms`, never holding the process open.
 * @returns stops it
 */
export function after(clock: Clock, ms: number, run: () => void): () => void {
  const stop = clock.every(Math.max(1, ms), () => {
    stop();
    run();
  });
  return stop;
}
