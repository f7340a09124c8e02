import { representativeOf } from '../sketch/mapping.ts';
import type { Sketch } from '../sketch/sketch.ts';

/** Seconds, and how many completed requests took about so long: within 0.78 %. */
export type BucketReport = [time: number, count: number];

/** Enough to tell buckets apart, which are 1.6 % wide at the most. */
const DIGITS = 6;

/** What a sketch holds, the shortest time first; no bucket is empty. */
export function distributionReport({
  counts,
  firstBucket,
}: Pick<Sketch, 'counts' | 'firstBucket'>): BucketReport[] {
  const buckets: BucketReport[] = [];
  for (const [index, count] of counts.entries()) {
    if (count > 0) buckets.push([secondsOf(firstBucket + index), count]);
  }
  return buckets;
}

function secondsOf(bucket: number): number {
  return Number((representativeOf(bucket) / 1000).toPrecision(DIGITS));
}
