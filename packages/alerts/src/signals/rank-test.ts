import type { Sketch } from '@tacho/core';

/** The part of a sketch that has its values. */
export type Buckets = Pick<Sketch, 'counts' | 'firstBucket' | 'count'>;

export interface RankTest {
  /** The probability that a value of the one is greater than one of the other, ties counting half: 0.5 where they are alike. */
  readonly superiority: number;
  /** How many standard errors that is above 0.5, were they alike. */
  readonly z: number;
}

/**
 * The test of Mann and Whitney ("On a test of whether one of two random variables is stochastically larger than the
 * other", Annals of Mathematical Statistics 18, 1947), in the normal approximation with its correction for ties
 * (Lehmann, "Nonparametrics", 1975, section 1.4): values of one bucket are tied. It asks nothing of the shape of the
 * distributions, and its statistic, divided by the number of pairs, is the effect size of McGraw and Wong ("A common
 * language effect size statistic", Psychological Bulletin 111, 1992).
 *
 * @param sizes of both samples, where values are not independent and so are worth less than their number
 */
export function rankTest(
  now: Buckets,
  before: Buckets,
  sizes: { readonly now: number; readonly before: number },
): RankTest {
  const first = Math.min(now.firstBucket, before.firstBucket);
  const end = Math.max(now.firstBucket + now.counts.length, before.firstBucket + before.counts.length);
  const nowWeight = sizes.now / (sizes.now + sizes.before);
  let below = 0;
  let superiority = 0;
  let cubes = 0;
  for (let bucket = first; bucket < end; bucket++) {
    const nowShare = (now.counts[bucket - now.firstBucket] ?? 0) / now.count;
    const beforeShare = (before.counts[bucket - before.firstBucket] ?? 0) / before.count;
    superiority += nowShare * (below + beforeShare / 2);
    below += beforeShare;
    cubes += (nowWeight * nowShare + (1 - nowWeight) * beforeShare) ** 3;
  }
  const variance = ((1 / sizes.now + 1 / sizes.before) * (1 - cubes)) / 12;
  return { superiority, z: variance > 0 ? (superiority - 0.5) / Math.sqrt(variance) : 0 };
}
