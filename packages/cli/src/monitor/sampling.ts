/**
 * When samples are due, as arithmetic on the time since the first one: at 0, at each whole interval, and at
 * the end. An interval longer than the run leaves the two ends.
 */
export interface SamplingPlan {
  /** More than 0. */
  intervalMs: number;
  /** More than 0. */
  durationMs: number;
}

export function sampleCount(plan: SamplingPlan): number {
  return Math.ceil(plan.durationMs / plan.intervalMs) + 1;
}

/** @param index 0 for the first sample */
export function dueMs(plan: SamplingPlan, index: number): number {
  return Math.min(index * plan.intervalMs, plan.durationMs);
}

/**
 * The sample to take after `index`: the one after it, or, where several have come due meanwhile (the machine
 * slept), the latest of them. So deadlines never drift and are never caught up with in a burst.
 * @returns undefined after the last
 */
export function nextIndex(plan: SamplingPlan, index: number, elapsedMs: number): number | undefined {
  const last = sampleCount(plan) - 1;
  if (index >= last) return undefined;
  const latestDue = elapsedMs >= plan.durationMs ? last : Math.floor(elapsedMs / plan.intervalMs);
  return Math.max(index + 1, latestDue);
}
