/** A figure that is not known exactly. */
export interface Estimate {
  readonly value: number;
  /** The square of its standard error. */
  readonly variance: number;
  /** Of the variance, which is an estimate too. */
  readonly degreesOfFreedom: number;
}

/** The share of values that is left out of a mean at either end, as is usual (Wilcox 2012, 3.3). */
const TRIMMED = 0.2;

/**
 * The 20 % trimmed mean, and its variance from the Winsorized sum of squares: SSDw / (h (h − 1)) with h − 1 degrees of
 * freedom, h of the values being left (Tukey & McLaughlin 1963).
 * @param values at the least two
 */
export function trimmedMean(values: readonly number[]): Estimate {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = Math.floor(TRIMMED * sorted.length);
  const left = sorted.slice(cut, sorted.length - cut);
  const least = left[0]!;
  const most = left[left.length - 1]!;
  const winsorized = sorted.map((value) => Math.min(Math.max(value, least), most));
  return {
    value: mean(left),
    variance: squaredDeviations(winsorized) / (left.length * (left.length - 1)),
    degreesOfFreedom: left.length - 1,
  };
}

/** One less the other, of independent figures: Welch's degrees of freedom, as Yuen (1974) has them for trimmed means. */
export function difference(a: Estimate, b: Estimate): Estimate {
  return { value: a.value - b.value, ...added(a, b) };
}

/** The variance of a sum, by the formula of Welch and Satterthwaite. */
export function added(a: Omit<Estimate, 'value'>, b: Omit<Estimate, 'value'>): Omit<Estimate, 'value'> {
  const variance = a.variance + b.variance;
  if (variance === 0) return { variance, degreesOfFreedom: a.degreesOfFreedom + b.degreesOfFreedom };
  const shareOfA = a.variance / variance;
  const shareOfB = b.variance / variance;
  return {
    variance,
    degreesOfFreedom: 1 / (shareOfA ** 2 / a.degreesOfFreedom + shareOfB ** 2 / b.degreesOfFreedom),
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function squaredDeviations(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}
