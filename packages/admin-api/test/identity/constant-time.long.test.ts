import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { StaticToken } from '../../src/identity/identity.ts';
import { staticTokens } from '../../src/identity/static-tokens.ts';

const SAMPLES = 100_000;

const texts = Array.from({ length: 16 }, () => randomBytes(24).toString('base64url'));
const known = texts.map(
  (text, index): StaticToken => ({
    digest: createHash('sha256').update(text).digest(),
    name: `token ${index + 1}`,
    role: 'admin',
  }),
);
const holderOf = staticTokens(known);

const FIRST = texts[0] as string;
const LAST = texts[15] as string;
const NONE = 'x'.repeat(FIRST.length);
/** What a comparison of texts would stop at late. */
const NEARLY = `${FIRST.slice(0, -1)}${FIRST.endsWith('A') ? 'B' : 'A'}`;

it.each([
  ['the first and the last', FIRST, LAST],
  ['one and none', FIRST, NONE],
  ['none and nearly one', NONE, NEARLY],
])('finding %s of the tokens takes the same time', (_what, one, other) => {
  // The scheduler can make any two equal things differ: a real difference does so every time.
  const ts = [0, 1, 2].map(() => Math.abs(welchT(...timesOf(one, other))));
  process.stdout.write(`  |t| ${ts.map((t) => t.toFixed(2)).join(', ')}\n`);
  expect(Math.min(...ts)).toBeLessThan(4.5);
});

it('would show a comparison that ends where it has found one', () => {
  const [one, other] = timesOf(FIRST, LAST, (text) => {
    const digest = createHash('sha256').update(text).digest();
    return known.find((each) => digest.every((byte, index) => byte === each.digest[index]));
  });
  expect(Math.abs(welchT(one, other))).toBeGreaterThan(4.5);
});

/** Nanoseconds of each, in random order, the slowest tenth left out, which is the scheduler's. */
function timesOf(
  one: string,
  other: string,
  find: (text: string) => unknown = holderOf,
): [number[], number[]] {
  const times: [number[], number[]] = [[], []];
  for (let n = 0; n < 2 * SAMPLES; n++) {
    const which = Math.random() < 0.5 ? 0 : 1;
    // A copy, so that neither has what the engine keeps of a text that it has seen.
    const text = Buffer.from(which === 0 ? one : other).toString('latin1');
    const startNs = process.hrtime.bigint();
    find(text);
    times[which].push(Number(process.hrtime.bigint() - startNs));
  }
  const limitNs = [...times[0], ...times[1]].sort((a, b) => a - b)[Math.floor(1.8 * SAMPLES)] ?? 0;
  return [times[0].filter((ns) => ns <= limitNs), times[1].filter((ns) => ns <= limitNs)];
}

/** B. L. Welch, The generalization of "Student's" problem, 1947. */
function welchT(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [momentsOf(one), momentsOf(other)];
  return (a.mean - b.mean) / Math.sqrt(a.variance / one.length + b.variance / other.length);
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}
