/** Some out of a number of requests, which may be worth fewer than they are (see `effectiveCount`). */
export interface Proportion {
  /** 0 to 1. */
  readonly share: number;
  /** Above 0. */
  readonly size: number;
}

/**
 * The least by which the proportion is likely to have risen, below 0 where it may have fallen: the lower end of the
 * score interval for a difference (R. G. Newcombe, "Interval estimation for the difference between independent
 * proportions", Statistics in Medicine 17, 1998, method 10). It holds for few requests and for shares near 0.
 *
 * @param z how many standard errors wide the interval is to each side
 */
export function leastRise(now: Proportion, before: Proportion, z: number): number {
  const lower = now.share - wilson(now, z).lower;
  const upper = wilson(before, z).upper - before.share;
  return now.share - before.share - Math.hypot(lower, upper);
}

/** E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927. */
export function wilson({ share, size }: Proportion, z: number): { lower: number; upper: number } {
  const square = (z * z) / size;
  const middle = (share + square / 2) / (1 + square);
  const reach = (z * Math.sqrt((share * (1 - share)) / size + square / (4 * size))) / (1 + square);
  return { lower: Math.max(0, middle - reach), upper: Math.min(1, middle + reach) };
}
