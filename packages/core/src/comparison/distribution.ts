import type { Bucket } from './slice.ts';

/** Which of all requests a trimmed mean is of: shares of them, the fastest first. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** The middle half, whose mean is the interquartile mean: neither pauses nor the fastest answers move it. */
export const TYPICAL: Part = { from: 0.25, to: 0.75 };

/**
 * The fastest, but for the very fastest, which may be something else. What troubles a machine makes requests slower, never
 * faster: so here is what the code itself takes, with far less noise.
 */
export const FAST: Part = { from: 0.02, to: 0.15 };

/**
 * The mean time of a part of all requests. A request on the part's border counts with the share of it that is inside: so
 * the mean moves smoothly, though buckets have a width.
 * @param buckets the shortest time first
 * @returns milliseconds; NaN where there are no requests
 */
export function partMeanMs(buckets: readonly Bucket[], part: Part): number {
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  const low = part.from * total;
  const high = part.to * total;
  let before = 0;
  let sum = 0;
  for (const [durationMs, count] of buckets) {
    const inside = Math.min(before + count, high) - Math.max(before, low);
    if (inside > 0) sum += durationMs * inside;
    before += count;
  }
  return sum / (high - low);
}

/**
 * The time of rank ⌈q · count⌉ (nearest rank, at the least 1).
 * @param buckets the shortest time first
 * @returns milliseconds; NaN where there are no requests
 */
export function quantileMs(buckets: readonly Bucket[], q: number): number {
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  for (const [durationMs, count] of buckets) {
    seen += count;
    if (seen >= rank) return durationMs;
  }
  return Number.NaN;
}
