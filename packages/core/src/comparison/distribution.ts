import type { Bucket } from './slice.ts';

/**
 * The interquartile mean: of the middle half of all requests, those that are neither among the fastest nor among the
 * slowest quarter. A request on a quarter's border counts with the share of it that is inside. Unlike a median it moves
 * smoothly though buckets have a width, and unlike a mean it does not jump with a single pause of the machine.
 * @param buckets the shortest time first
 * @returns milliseconds; NaN where there are no requests
 */
export function typicalMs(buckets: readonly Bucket[]): number {
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  const low = total / 4;
  const high = total - low;
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
