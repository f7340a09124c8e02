/** Enough for double precision, as each step halves what is left. */
const BISECTIONS = 100;
const LARGEST_T = 1e6;

const FRACTION_STEPS = 500;
const CLOSE_ENOUGH = 1e-15;
const TINY = 1e-300;

/** Lanczos' coefficients for g = 7, n = 9 (Lanczos 1964; as tabulated by Godfrey 2001). */
const LANCZOS_G = 7;
const LANCZOS: readonly number[] = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/**
 * How far from 0 Student's t stays with so much confidence.
 * @param confidence from 0 to 1, without the ends: 0.95 for the middle 95 %
 * @param degreesOfFreedom more than 0, need not be whole
 */
export function tQuantile(confidence: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = LARGEST_T;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (within(middle, degreesOfFreedom) < confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** P(|T| ≤ t) = 1 − I(ν/(ν+t²); ν/2, 1/2), NIST DLMF 8.17 and Abramowitz & Stegun 26.7.1. */
function within(t: number, degreesOfFreedom: number): number {
  const x = degreesOfFreedom / (degreesOfFreedom + t * t);
  return 1 - incompleteBeta(x, degreesOfFreedom / 2, 0.5);
}

/** The regularized incomplete beta function, from the side on which its continued fraction converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (Math.exp(front) / a) * betaFraction(x, a, b);
}

/** NIST DLMF 8.17.22, evaluated by the method of Lentz (1976), as modified by Thompson and Barnett (1986). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= FRACTION_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < CLOSE_ENOUGH) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** @param x at the least 0.5 */
function logGamma(x: number): number {
  const base = x - 1 + LANCZOS_G + 0.5;
  const sum = LANCZOS.reduce(
    (all, coefficient, index) => all + coefficient / (index === 0 ? 1 : x - 1 + index),
    0,
  );
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}
