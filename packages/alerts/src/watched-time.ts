import { MINUTE_MS, SECOND_MS } from '@tacho/core';

/** How often rules are evaluated. */
export const EVALUATE_EVERY_MS = 30 * SECOND_MS;

/** How far from its time an evaluation may come to count as in time: timers are a little early, or late. */
export const SLACK_MS = 2 * SECOND_MS;

/** The most that passes between two evaluations where all is well. */
const MOST_BETWEEN_MS = 2 * MINUTE_MS;

/**
 * How much of the time between two evaluations counts, for holding and for no longer holding. One that is in time counts
 * as just that, so that nothing waits for another because of a millisecond. Where more has passed
 * than lies between two evaluations, nobody was watching, or the clock was set forward: it counts as one interval.
 * A clock that was set back has no time pass. So neither fires or resolves anything.
 */
export function watchedMs(lastMs: number | undefined, nowMs: number): number {
  const passedMs = nowMs - (lastMs ?? nowMs);
  const isInTime = Math.abs(passedMs - EVALUATE_EVERY_MS) <= SLACK_MS;
  if (isInTime || passedMs > MOST_BETWEEN_MS) return EVALUATE_EVERY_MS;
  return Math.max(0, passedMs);
}
