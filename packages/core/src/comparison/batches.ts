import { type Run, requestCount, type Slice } from './slice.ts';

/** What was measured in the same stretch of time: of one run, or of each of two that went on side by side. */
export type Moment = readonly (readonly Slice[])[];

/** So many requests make a figure that is worth anything. */
const MIN_REQUESTS = 10;

/**
 * More batches than this tell no more of how much a run varies, and each would be less independent of the next
 * (Schmeiser 1982: 10 to 30 batches).
 */
const MAX_BATCHES = 30;

/**
 * Requests that follow each other are not independent, long stretches nearly are: so a figure is taken of each of a few
 * batches (the method of nonoverlapping batch means). A batch is consecutive moments, as long as all others but where more
 * are needed for enough requests of each run; what is left at the end belongs to the last batch.
 */
export function batches(moments: readonly Moment[]): Moment[] {
  const atLeast = Math.ceil(moments.length / MAX_BATCHES);
  const made: Moment[] = [];
  let start = 0;
  for (let end = 1; end <= moments.length; end++) {
    const batch = joined(moments.slice(start, end));
    if (end - start < atLeast || !isEnough(batch)) continue;
    made.push(batch);
    start = end;
  }
  const last = made.pop();
  return last === undefined ? [] : [...made, joined([last, ...moments.slice(start)])];
}

/** Each slice is a moment of its own. */
export function momentsOf(run: Run): Moment[] {
  return run.map((slice) => [[slice]]);
}

function joined(moments: readonly Moment[]): Moment {
  const runs = moments[0]?.length ?? 0;
  return Array.from({ length: runs }, (_, run) => moments.flatMap((moment) => moment[run] ?? []));
}

function isEnough(batch: Moment): boolean {
  return batch.every((slices) => requestCount(slices) >= MIN_REQUESTS);
}
