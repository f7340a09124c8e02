import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SystemSample } from '../src/record.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../src/schedule.ts';
import { SystemSamples } from '../src/system-samples.ts';
import { anySplit, splitAndMerge } from './any-split.ts';
import { anySample } from './anything.ts';
import { aSample } from './report/measured.ts';

describe('samples', () => {
  it('are listed oldest first, in whatever order they came', () => {
    const samples = samplesAt(10, [30_000, 10_000, 50_000, 20_000, 40_000]);
    expect(timesOf(samples)).toEqual([10_000, 20_000, 30_000, 40_000, 50_000]);
    expect(samples.latest?.timestampMs).toBe(50_000);
  });

  it('are copies', () => {
    const sample = aSample({ cpuPercent: 1 });
    const samples = samplesOf(10, [sample]);
    sample.cpuPercent = 2;
    expect(samples.list()).toEqual([aSample({ cpuPercent: 1 })]);
  });

  it('are at most one a second, of which the last stays', () => {
    expect(timesOf(samplesAt(10, [1000, 1999, 1500, 2000]))).toEqual([1999, 2000]);
  });

  it('have no latest while there are none', () => {
    expect(new SystemSamples(10).latest).toBeUndefined();
  });
});

describe('thinning', () => {
  it('keeps the last real sample of each step', () => {
    const samples = samplesAt(100, [0, 10_000, 50_000, 60_000, 119_999, 240_000]);
    samples.thin(MINUTE_MS);
    expect(timesOf(samples)).toEqual([50_000, 119_999, 240_000]);
  });

  it('leaves what is added later as it is', () => {
    const samples = samplesAt(100, [0, 10_000]);
    samples.thin(MINUTE_MS);
    for (const timestampMs of [20_000, 30_000]) samples.add(aSample({ timestampMs }));
    expect(timesOf(samples)).toEqual([10_000, 20_000, 30_000]);
  });
});

describe('past the limit', () => {
  it('a day of samples every ten seconds is kept whole by default', () => {
    const samples = samplesAt(10_000, every(10 * SECOND_MS, DAY_MS));
    expect(samples.list()).toHaveLength(8640);
    expect(samples.resolutionMs).toBe(SECOND_MS);
  });

  it('one a minute stays, then one in ten minutes, an hour, a day', () => {
    const resolutionAfter = (limit: number, days: number) => {
      const samples = samplesAt(limit, every(10 * MINUTE_MS - 1, days * DAY_MS));
      expect(samples.list().length).toBeLessThanOrEqual(limit);
      return samples.resolutionMs;
    };
    expect(resolutionAfter(145, 1)).toBe(SECOND_MS);
    expect(resolutionAfter(300, 2)).toBe(SECOND_MS);
    expect(resolutionAfter(288, 2)).toBe(10 * MINUTE_MS);
    expect(resolutionAfter(50, 2)).toBe(HOUR_MS);
    expect(resolutionAfter(10, 2)).toBe(DAY_MS);
  });

  it('of as many days the oldest go', () => {
    const samples = samplesAt(
      3,
      [1, 2, 3, 4, 5].map((day) => day * DAY_MS),
    );
    expect(timesOf(samples)).toEqual([3 * DAY_MS, 4 * DAY_MS, 5 * DAY_MS]);
  });

  it('what is kept is always a sample that was measured, and the latest always stays', () => {
    fc.assert(
      fc.property(
        fc.array(anySample, { minLength: 1, maxLength: 100 }),
        fc.integer({ min: 1, max: 20 }),
        (all, limit) => {
          const samples = samplesOf(limit, all);
          expect(samples.list().length).toBeLessThanOrEqual(limit);
          for (const sample of samples.list()) expect(all).toContainEqual(sample);
          expect(samples.latest?.timestampMs).toBe(Math.max(...all.map(({ timestampMs }) => timestampMs)));
        },
      ),
    );
  });

  it('the same are kept, however they were split and in whatever order and grouping', () => {
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 100 }), anySplit, fc.nat(20), (all, split, limit) => {
        const merged = splitAndMerge(all, split, () => new SystemSamples(limit), add);
        const together = samplesOf(limit, all);
        expect([merged.resolutionMs, merged.list()]).toEqual([together.resolutionMs, together.list()]);
      }),
      { numRuns: 500 },
    );
  });

  it('the same one of those of one moment stays, in whatever order they came', () => {
    const anyFigure = fc.constantFrom(null, 0, 1);
    const anyOfOneMoment = fc.record({
      timestampMs: fc.constant(1000),
      cpuPercent: anyFigure,
      memoryPercent: anyFigure,
      memoryAvailableBytes: anyFigure,
      diskPercent: anyFigure,
      diskFreeBytes: anyFigure,
    });
    fc.assert(
      fc.property(anyOfOneMoment, anyOfOneMoment, (a, b) => {
        expect(samplesOf(10, [a, b]).list()).toEqual(samplesOf(10, [b, a]).list());
      }),
      { numRuns: 1000 },
    );
  });

  it('merging with itself changes nothing', () => {
    const samples = samplesAt(10, [0, 10_000, 20_000]);
    samples.merge(samples);
    expect(timesOf(samples)).toEqual([0, 10_000, 20_000]);
  });
});

function add(samples: SystemSamples, sample: SystemSample): void {
  samples.add(sample);
}

function samplesOf(limit: number, all: readonly SystemSample[]): SystemSamples {
  const samples = new SystemSamples(limit);
  for (const sample of all) samples.add(sample);
  return samples;
}

function samplesAt(limit: number, timesMs: readonly number[]): SystemSamples {
  return samplesOf(
    limit,
    timesMs.map((timestampMs) => aSample({ timestampMs })),
  );
}

function timesOf(samples: SystemSamples): number[] {
  return samples.list().map(({ timestampMs }) => timestampMs);
}

function every(stepMs: number, endMs: number): number[] {
  return Array.from({ length: Math.ceil(endMs / stepMs) }, (_, i) => i * stepMs);
}
