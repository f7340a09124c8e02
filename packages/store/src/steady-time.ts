import { HOUR_MS } from '@tacho/core';

/** The most that passes between two looks at the clock. */
export const MAX_STEP_MS = HOUR_MS;

/**
 * Time for rows to age by, in milliseconds since the first look. It goes on as the clock does, looked at again and
 * again, but never back, and by `MAX_STEP_MS` at most: a clock that is set forward by years does not make old what
 * was measured a minute ago, and one that is set back makes nothing young. Neither does time pass while the machine
 * sleeps, so what was measured before is kept for longer.
 */
export class SteadyTime {
  #steadyMs = 0;
  #lastMs: number | undefined;

  /** @param nowMs epoch milliseconds, as the clock tells them */
  at(nowMs: number): number {
    const stepMs = nowMs - (this.#lastMs ?? nowMs);
    this.#lastMs = nowMs;
    this.#steadyMs += Math.min(Math.max(stepMs, 0), MAX_STEP_MS);
    return this.#steadyMs;
  }
}
