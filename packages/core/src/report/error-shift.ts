import type { EndpointStats } from '../endpoint-stats.ts';

/** A share of failed requests that is another one now. */
export interface ErrorShift {
  /** Cohen's h: the difference of the arcsines of the shares' roots, twice; above 0 where more fail now. */
  readonly effect: number;
}

/** Half of what Cohen calls small ("Statistical power analysis", 1988, 6.2): 1 % to 2.2 %, or 5 % to 7.4 %. */
const LEAST_EFFECT = 0.1;

/** As for percentiles: 3.3 standard deviations. */
const Z = 3.3;

/**
 * Undefined unless another share of requests fails, by enough to matter, and by more than chance explains: the score
 * intervals (Wilson, "Probable inference", 1927) of the two have nothing in common.
 */
export function errorShift(before: EndpointStats, now: EndpointStats): ErrorShift | undefined {
  if (before.count === 0 || now.count === 0) return undefined;
  const was = intervalOf(before);
  const is = intervalOf(now);
  if (is.low <= was.high && was.low <= is.high) return undefined;
  const effect = 2 * (Math.asin(Math.sqrt(shareOf(now))) - Math.asin(Math.sqrt(shareOf(before))));
  return Math.abs(effect) < LEAST_EFFECT ? undefined : { effect };
}

function shareOf({ errors, count }: EndpointStats): number {
  return errors / count;
}

function intervalOf(stats: EndpointStats): { low: number; high: number } {
  const { count } = stats;
  const share = shareOf(stats);
  const middle = share + Z ** 2 / (2 * count);
  const spread = Z * Math.sqrt((share * (1 - share)) / count + Z ** 2 / (4 * count ** 2));
  const scale = 1 + Z ** 2 / count;
  return { low: (middle - spread) / scale, high: (middle + spread) / scale };
}
