import type { Run } from '@tacho/core';
import type { MeasuredPair } from '../../packages/cli/src/check/comparisons.ts';
import type { MeasuredRun } from '../../packages/cli/src/check/measured-run.ts';

/** Microseconds and counts in turn, of each slice. */
type RecordedRun = number[][];

/** A pair of runs side by side in few bytes. */
export interface RecordedPair {
  /** Epoch milliseconds: where each slice begins, and where the last one ends. */
  times: number[];
  /** By endpoint: of the baseline, and of the current side. */
  endpoints: Record<string, [baseline: RecordedRun, current: RecordedRun]>;
}

export function recordedPair({ baseline, current }: MeasuredPair): RecordedPair {
  const slices = baseline.all;
  const names = [...baseline.endpoints.keys()].filter((name) => current.endpoints.has(name));
  return {
    times: [...slices.map(({ startMs }) => startMs), slices.at(-1)?.endMs ?? 0].map(Math.round),
    endpoints: Object.fromEntries(
      names.map((name) => [name, [recordedRun(baseline, name), recordedRun(current, name)]]),
    ),
  };
}

function recordedRun({ endpoints }: MeasuredRun, name: string): RecordedRun {
  return (endpoints.get(name) ?? []).map(({ buckets }) =>
    buckets.flatMap(([durationMs, count]) => [Math.round(durationMs * 1000), count]),
  );
}

/** The runs of an endpoint again, to the microsecond. No errors were recorded. */
export function runsOf({ times, endpoints }: RecordedPair, endpoint: string): [baseline: Run, current: Run] {
  const [baseline, current] = endpoints[endpoint]!;
  return [runOf(times, baseline), runOf(times, current)];
}

function runOf(times: readonly number[], recorded: RecordedRun): Run {
  return recorded.map((flat, index) => {
    const buckets = flat.flatMap((value, at) =>
      at % 2 === 0 ? [[value / 1000, flat[at + 1]!] as const] : [],
    );
    const count = buckets.reduce((sum, [, number]) => sum + number, 0);
    const sumMs = buckets.reduce((sum, [durationMs, number]) => sum + durationMs * number, 0);
    return { startMs: times[index]!, endMs: times[index + 1]!, count, errors: 0, sumMs, buckets };
  });
}
