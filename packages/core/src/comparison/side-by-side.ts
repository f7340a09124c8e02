import type { Run, Slice } from './slice.ts';

/** What two runs measured in the same stretch of time. */
export interface Moment {
  readonly baseline: Slice;
  readonly current: Slice;
}

/** Less than this share of the longer of two slices in common: they did not see the same. */
const ENOUGH_IN_COMMON = 0.5;

/**
 * The slices of two runs that were looked at in the same stretches of time, in pairs. What troubles the machine troubles
 * both slices of a pair, so that their difference has little of it.
 * @returns undefined where the runs were not side by side for the greater part of the longer one
 */
export function sideBySide(baseline: Run, current: Run): Moment[] | undefined {
  const moments: Moment[] = [];
  let next = 0;
  for (const slice of baseline) {
    while (next < current.length && current[next]!.endMs <= slice.startMs) next++;
    const index = bestFrom(next, slice, current);
    if (index === undefined) continue;
    moments.push({ baseline: slice, current: current[index]! });
    next = index + 1;
  }
  return 2 * moments.length > Math.max(baseline.length, current.length) ? moments : undefined;
}

/** Of the slices from `start` the first that has enough in common with `slice`: no other has as much. */
function bestFrom(start: number, slice: Slice, run: Run): number | undefined {
  for (let index = start; index < run.length && run[index]!.startMs < slice.endMs; index++) {
    if (shareInCommon(slice, run[index]!) > ENOUGH_IN_COMMON) return index;
  }
  return undefined;
}

function shareInCommon(a: Slice, b: Slice): number {
  const common = Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);
  return common / Math.max(a.endMs - a.startMs, b.endMs - b.startMs);
}
