import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_VALUE_MS, MIN_VALUE_MS } from '../../src/sketch/mapping.ts';
import { Sketch } from '../../src/sketch/sketch.ts';

const SIZES = [1, 10, 1000, 100_000];
const QUANTILES = [0, 0.25, 0.5, 0.9, 0.95, 0.99, 1];
const PROMISED_ERROR = 0.01;

/** Draws a value in milliseconds from numbers that are uniform in [0, 1). */
type Distribution = (random: () => number) => number;

const distributions: Record<string, Distribution> = {
  uniform: (random) => 1 + 999 * random(),
  exponential: (random) => -80 * Math.log(1 - random()),
  'log-normal': (random) => 20 * Math.exp(normal(random)),
  Pareto: (random) => 5 / (1 - random()) ** (1 / 1.1),
  bimodal: (random) => (random() < 0.8 ? 3 + 0.2 * normal(random) : 1500 + 40 * normal(random)),
  constant: () => 123.456,
  'powers of two': (random) => 2 ** Math.floor(random() * 20 - 5),
  'just below powers of two': (random) => 2 ** Math.floor(random() * 20 - 5) * (1 - Number.EPSILON),
  'around 1 µs': (random) => 0.001 + 0.002 * random(),
  'up to 1 h': (random) => 3_600_000 * (1 - random() ** 2),
  'every magnitude': (random) => MIN_VALUE_MS * (MAX_VALUE_MS / MIN_VALUE_MS) ** random(),
};

describe.each(Object.entries(distributions))('quantiles of values that are %s', (_name, draw) => {
  it.each(SIZES)('are within 1 %% of the exact ones for %d values', (size) => {
    const random = seededRandom(size);
    const values = Array.from({ length: size }, () => inRange(draw(random)));
    expect(inaccurate(values, QUANTILES)).toEqual([]);
  });
});

describe('quantiles', () => {
  it('are within 1 % of the exact ones for any values and any q', () => {
    const anyValue = fc.double({ min: MIN_VALUE_MS, max: MAX_VALUE_MS, noNaN: true });
    const anyQuantile = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(anyValue, { minLength: 1 }), fc.array(anyQuantile), (values, quantiles) => {
        expect(inaccurate(values, [...QUANTILES, ...quantiles])).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('never fall as q rises', () => {
    const random = seededRandom(7);
    const sketch = sketchOf(Array.from({ length: 1000 }, () => inRange(distributions.Pareto!(random))));
    const quantiles = Array.from({ length: 1001 }, (_, i) => sketch.quantile(i / 1000));
    expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
  });

  it('are NaN for an empty sketch', () => {
    expect(QUANTILES.map((q) => new Sketch().quantile(q))).toEqual(QUANTILES.map(() => Number.NaN));
  });
});

/** The quantiles that break the promise, with what is needed to see why. */
function inaccurate(values: readonly number[], quantiles: readonly number[]) {
  const sketch = sketchOf(values);
  const sorted = Float64Array.from(values).sort();
  return quantiles
    .map((q) => {
      const exact = sorted[Math.max(1, Math.ceil(q * values.length)) - 1]!;
      const estimate = sketch.quantile(q);
      return { q, exact, estimate, relativeError: Math.abs(estimate - exact) / exact };
    })
    .filter(({ relativeError }) => !(relativeError <= PROMISED_ERROR))
    .map((failure) => ({ ...failure, size: values.length, lowest: sorted.slice(0, 20) }));
}

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  expect(sketch.count).toBe(values.length);
  return sketch;
}

function inRange(valueMs: number): number {
  return Math.min(Math.max(valueMs, MIN_VALUE_MS), MAX_VALUE_MS);
}

/** Box and Muller's transform: mean 0, deviation 1. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The minimal standard generator of Park and Miller. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
