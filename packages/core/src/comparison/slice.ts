/** Milliseconds, and how many completed requests took about so long. */
export type Bucket = readonly [durationMs: number, count: number];

/** What was measured at one endpoint in one stretch of a run. */
export interface Slice {
  /** Epoch milliseconds, UTC. */
  readonly startMs: number;
  /** Later than the start. */
  readonly endMs: number;
  /** Completed requests. */
  readonly count: number;
  /** Of them, those with status 400 or above. */
  readonly errors: number;
  /** Their durations together. */
  readonly sumMs: number;
  /** The shortest time first; together they hold `count`. */
  readonly buckets: readonly Bucket[];
}

/** The slices of a run are unbroken in no sense: where it was not looked at, there is none. In the order of time. */
export type Run = readonly Slice[];

/** Buckets of all together, the shortest time first. */
export function mergedBuckets(slices: readonly Pick<Slice, 'buckets'>[]): Bucket[] {
  const counts = new Map<number, number>();
  for (const { buckets } of slices) {
    for (const [durationMs, count] of buckets) counts.set(durationMs, (counts.get(durationMs) ?? 0) + count);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

export function requestCount(slices: readonly Pick<Slice, 'count'>[]): number {
  return slices.reduce((sum, { count }) => sum + count, 0);
}

export function errorCount(slices: readonly Pick<Slice, 'errors'>[]): number {
  return slices.reduce((sum, { errors }) => sum + errors, 0);
}
