import fc from 'fast-check';
import type { Run, RunPair, Slice } from '../../src/index.ts';

const SLICE_MS = 1000;

/** A slice with these durations, as long as all others. */
export function sliceOf(index: number, durationsMs: readonly number[], errors = 0): Slice {
  const counts = new Map<number, number>();
  for (const duration of durationsMs) counts.set(duration, (counts.get(duration) ?? 0) + 1);
  return {
    startMs: index * SLICE_MS,
    endMs: (index + 1) * SLICE_MS,
    count: durationsMs.length,
    errors,
    sumMs: durationsMs.reduce((sum, duration) => sum + duration, 0),
    buckets: [...counts].sort(([a], [b]) => a - b),
  };
}

export function slower(run: Run, factor: number): Run {
  return run.map((slice) => ({
    ...slice,
    sumMs: slice.sumMs * factor,
    buckets: slice.buckets.map(([durationMs, count]) => [durationMs * factor, count] as const),
  }));
}

export function later(run: Run, byMs: number): Run {
  return run.map((slice) => ({ ...slice, startMs: slice.startMs + byMs, endMs: slice.endMs + byMs }));
}

const durations = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 10, maxLength: 30 });

export const anyRun: fc.Arbitrary<Run> = fc
  .array(durations, { minLength: 6, maxLength: 40 })
  .map((slices) => slices.map((each, index) => sliceOf(index, each)));

/** One to four pairs, side by side or an hour apart. */
export const anyPairs: fc.Arbitrary<RunPair[]> = fc.array(
  fc.tuple(anyRun, anyRun, fc.boolean()).map(([baseline, current, apart]) => ({
    baseline,
    current: apart ? later(current, 3_600_000) : current,
  })),
  { minLength: 1, maxLength: 4 },
);
