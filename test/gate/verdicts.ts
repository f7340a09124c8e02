import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Run } from '@tacho/core';
import { type RecordedPair, runsOf } from '../../bench/gate/recorded-pair.ts';
import { overallVerdict, type Verdict } from '../../packages/cli/src/check/check.ts';
import { comparisonChecks, type MeasuredPair } from '../../packages/cli/src/check/comparisons.ts';

/** As `bench/gate/record.ts` has recorded them: pairs of runs side by side, 5 s each. */
interface Recorded {
  /** Of one build. */
  readonly same: readonly RecordedPair[];
  /** The second has a tenth more to do. */
  readonly slower: readonly RecordedPair[];
}

/** How often `tacho check` came to which verdict, with its own limits. */
export type Tally = Record<Exclude<Verdict, 'skipped'>, number>;

/** Moments that follow each other are alike: they are drawn in blocks. */
const BLOCK = 4;

export function recordedPairs(): Recorded {
  const file = join(import.meta.dirname, 'recorded-pairs.json.gz');
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as Recorded;
}

export function verdictOf(pair: MeasuredPair): keyof Tally {
  return overallVerdict(comparisonChecks({ common: {}, scopes: new Map() }, [pair]));
}

/** @param random from 0 up to 1 */
export function verdictsOf(pairs: readonly RecordedPair[], resamples: number, random: () => number): Tally {
  const tally: Tally = { pass: 0, fail: 0, cannot_tell: 0 };
  for (const pair of pairs)
    for (let times = 0; times < resamples; times++) tally[verdictOf(resampled(pair, random))]++;
  return tally;
}

/**
 * Another pair that might as well have been measured: blocks of moments, drawn again and again, both sides and all
 * endpoints alike (the moving block bootstrap of Künsch 1989).
 */
function resampled(pair: RecordedPair, random: () => number): MeasuredPair {
  const moments = pair.times.length - 1;
  const drawn: number[] = [];
  while (drawn.length < moments) {
    const from = Math.floor(random() * (moments - BLOCK + 1));
    for (let index = from; index < from + BLOCK && drawn.length < moments; index++) drawn.push(index);
  }
  const sides: [Map<string, Run>, Map<string, Run>] = [new Map(), new Map()];
  for (const name of Object.keys(pair.endpoints)) {
    const runs = runsOf(pair, name);
    for (const [side, run] of runs.entries())
      sides[side]!.set(
        name,
        drawn.map((from, index) => moved(run, from, index)),
      );
  }
  const [baseline, current] = sides.map((endpoints) => ({ source: '', endpoints, all: [] }));
  return { baseline: baseline!, current: current! };
}

/** The slice that was measured at one moment, as if that had been another. */
function moved(run: Run, from: number, index: number): Run[number] {
  return { ...run[from]!, startMs: run[index]!.startMs, endMs: run[index]!.endMs };
}

/** Mulberry32, by Tommy Ettinger (2017): the same numbers in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
