import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RuntimeSample } from '../src/runtime-sample.ts';
import { MAX_SOURCES_A_STEP, RuntimeSamples } from '../src/runtime-samples.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../src/schedule.ts';
import { DEFAULT_LIMITS, Window } from '../src/window.ts';
import { anySplit, splitAndMerge } from './any-split.ts';
import { anyRuntimeSample } from './anything.ts';
import { aRuntimeSample } from './report/measured.ts';

const anySamples = fc.array(anyRuntimeSample, { maxLength: 100 });

describe('samples of processes', () => {
  it('are one for each source and step, oldest first and in a step the earliest started first', () => {
    const samples = samplesOf(10, [
      aRuntimeSample({ timestampMs: 12_000, pid: 1, startMs: 7 }),
      aRuntimeSample({ timestampMs: 12_500, pid: 2, startMs: 6 }),
      aRuntimeSample({ timestampMs: 2000, pid: 1, startMs: 7 }),
      aRuntimeSample({ timestampMs: 12_100, pid: 1, startMs: 7, threadId: 1 }),
      aRuntimeSample({ timestampMs: 12_100, pid: 1, startMs: 8 }),
    ]);
    expect(
      samples.list().map(({ timestampMs, pid, startMs, threadId }) => [timestampMs, startMs, pid, threadId]),
    ).toEqual([
      [2000, 7, 1, 0],
      [12_500, 6, 2, 0],
      [12_000, 7, 1, 0],
      [12_100, 7, 1, 1],
      [12_100, 8, 1, 0],
    ]);
  });

  it('together are the last of what is of the moment, the sum of what adds up, the largest of each peak', () => {
    const first = aRuntimeSample({
      timestampMs: 1000,
      heapUsedBytes: 9,
      gcCount: 3,
      cpuUs: 50,
      loopDelayMaxUs: 200_000,
    });
    const last = aRuntimeSample({
      timestampMs: 11_000,
      heapUsedBytes: 5,
      gcCount: 2,
      cpuUs: 70,
      loopDelayMaxUs: 9,
    });
    for (const order of [
      [first, last],
      [last, first],
    ]) {
      const samples = samplesOf(10, order);
      expect(samples.lowerResolution(MINUTE_MS)).toBe(0);
      expect(samples.list()).toEqual([
        {
          ...last,
          samples: 2,
          intervalUs: first.intervalUs + last.intervalUs,
          cpuUs: 120,
          loopActiveUs: first.loopActiveUs + last.loopActiveUs,
          gcCount: 5,
          gcPauseUs: first.gcPauseUs + last.gcPauseUs,
          gcWatchedUs: first.gcWatchedUs + last.gcWatchedUs,
          loopDelayMaxUs: 200_000,
        },
      ]);
    }
  });

  it('are copies', () => {
    const sample = { ...aRuntimeSample() };
    const samples = samplesOf(10, [sample]);
    sample.gcCount = 99;
    expect(samples.list()).toEqual([aRuntimeSample()]);
  });
});

describe('past the limit', () => {
  it('an hour of two processes every ten seconds is kept whole by default', () => {
    const samples = new RuntimeSamples(DEFAULT_LIMITS.maxRuntimeSamples);
    for (let timestampMs = 0; timestampMs < HOUR_MS; timestampMs += 10 * SECOND_MS) {
      for (const pid of [1, 2]) expect(samples.add(aRuntimeSample({ timestampMs, pid }))).toBe(0);
    }
    expect([samples.list().length, samples.resolutionMs]).toEqual([720, SECOND_MS]);
  });

  it('one a minute stays, then one in ten minutes, an hour, a day; of days the oldest go, and are counted', () => {
    const resolutionAfter = (limit: number, steps: number, stepMs: number) => {
      const samples = new RuntimeSamples(limit);
      let leftOut = 0;
      for (let step = 0; step < steps; step++)
        leftOut += samples.add(aRuntimeSample({ timestampMs: step * stepMs }));
      return [samples.resolutionMs, samples.list().length, leftOut];
    };
    expect(resolutionAfter(12, 12, 10 * SECOND_MS)).toEqual([SECOND_MS, 12, 0]);
    expect(resolutionAfter(11, 12, 10 * SECOND_MS)).toEqual([MINUTE_MS, 2, 0]);
    expect(resolutionAfter(6, 24, 5 * MINUTE_MS)).toEqual([HOUR_MS, 2, 0]);
    expect(resolutionAfter(3, 5, DAY_MS)).toEqual([DAY_MS, 3, 2]);
  });

  it('of the processes of one step those that started first stay, and the others are counted', () => {
    const crowd = Array.from({ length: MAX_SOURCES_A_STEP + 70 }, (_, n) =>
      aRuntimeSample({ timestampMs: 1000 + n, pid: 1000 - n, startMs: n }),
    );
    const forwards = samplesOf(1000, crowd);
    const backwards = samplesOf(1000, crowd.toReversed());
    expect(forwards.list()).toEqual(crowd.slice(0, MAX_SOURCES_A_STEP));
    expect(backwards.list()).toEqual(forwards.list());
    const window = new Window(DEFAULT_LIMITS);
    for (const sample of crowd) window.addRuntimeSample(sample);
    expect(window.notMeasured.get('process samples')).toBe(70);
  });

  it('the same are kept and as many left out, however they were split, in whatever order and grouping', () => {
    fc.assert(
      fc.property(anySamples, anySplit, fc.nat(20), (all, split, limit) => {
        const merged = splitAndMerge(all, split, () => new Counting(limit), record);
        const together = new Counting(limit);
        for (const sample of all) record(together, sample);
        expect(merged.facts()).toEqual(together.facts());
      }),
      { numRuns: 700 },
    );
  });

  it('every sample that was added is in one that is kept, or left out', () => {
    fc.assert(
      fc.property(anySamples, fc.nat(20), (all, limit) => {
        const counting = new Counting(limit);
        for (const sample of all) record(counting, sample);
        const kept = counting.kept.list();
        const countOf = (samples: readonly RuntimeSample[]) =>
          samples.reduce((sum, of) => sum + of.samples, 0);
        expect(countOf(kept) + counting.leftOut).toBe(countOf(all));
        expect(kept.length).toBeLessThanOrEqual(limit);
        for (const { loopDelayMaxUs } of kept)
          expect(all.map((sample) => sample.loopDelayMaxUs)).toContain(loopDelayMaxUs);
      }),
    );
  });
});

/** Samples, and how many were left out of them. */
class Counting {
  readonly kept: RuntimeSamples;
  leftOut = 0;

  constructor(limit: number) {
    this.kept = new RuntimeSamples(limit);
  }

  merge(other: Counting): void {
    this.leftOut += other.leftOut + this.kept.merge(other.kept);
  }

  facts(): unknown {
    return [this.kept.resolutionMs, this.kept.list(), this.leftOut];
  }
}

function record(counting: Counting, sample: RuntimeSample): void {
  counting.leftOut += counting.kept.add(sample);
}

function samplesOf(limit: number, all: readonly RuntimeSample[]): RuntimeSamples {
  const samples = new RuntimeSamples(limit);
  for (const sample of all) samples.add(sample);
  return samples;
}
