/** A figure that is not known exactly. */
export interface Estimate {
  readonly value: number;
  /** The square of its standard error. */
  readonly variance: number;
  /** Of the variance, which is an estimate too. */
  readonly degreesOfFreedom: number;
}

/** One less the other, of independent figures. */
export function difference(a: Estimate, b: Estimate): Estimate {
  return { value: a.value - b.value, ...added(a, b) };
}

/** The variance of a sum, by the formula of Welch (1947) and Satterthwaite (1946). */
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
