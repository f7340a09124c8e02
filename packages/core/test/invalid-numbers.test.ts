import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RuntimeSample } from '../src/runtime-sample.ts';
import { DAY_MS } from '../src/schedule.ts';
import { DEFAULT_LIMITS, Window } from '../src/window.ts';
import { anyRecord, anySample } from './anything.ts';
import { dumpOfWindow } from './dump.ts';
import { aRuntimeSample } from './report/measured.ts';
import { tell } from './window-of.ts';

const NO_NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, -Number.MIN_VALUE];
const YEAR_MS = 365 * DAY_MS;

const anyInvalidRecord = fc
  .tuple(anyRecord, fc.constantFrom(...NO_NUMBERS, 1e16), fc.constantFrom('startMs', 'durationMs', 'both'))
  .map(([record, number, field]) => ({
    ...record,
    ...(field === 'durationMs' ? {} : { startMs: number }),
    ...(field === 'startMs' ? {} : { durationMs: number }),
  }));

const anyInvalidSample = fc
  .tuple(
    anySample,
    fc.constantFrom(...NO_NUMBERS),
    fc.constantFrom(
      'timestampMs',
      'cpuPercent',
      'memoryPercent',
      'memoryAvailableBytes',
      'diskPercent',
      'diskFreeBytes',
    ),
  )
  .map(([sample, number, field]) => ({ ...sample, [field]: number }));

describe('a number that is none, negative or absurd', () => {
  it('has its record counted as invalid, and changes nothing else', () => {
    fc.assert(
      fc.property(fc.array(anyRecord), fc.array(anyInvalidRecord), (records, invalidRecords) => {
        const window = windowOf(records.map((record) => ({ record })));
        const before = dumpOfWindow(window);
        for (const record of invalidRecords) window.record(record);
        expect(window.invalid).toBe(invalidRecords.length);
        window.invalid = 0;
        expect(dumpOfWindow(window)).toBe(before);
      }),
    );
  });

  it('has its sample counted as invalid, and changes nothing else', () => {
    fc.assert(
      fc.property(fc.array(anySample), fc.array(anyInvalidSample), (samples, invalidSamples) => {
        const window = windowOf(samples.map((sample) => ({ sample })));
        const before = dumpOfWindow(window);
        for (const sample of invalidSamples) window.addSample(sample);
        expect(window.invalid).toBe(invalidSamples.length);
        window.invalid = 0;
        expect(dumpOfWindow(window)).toBe(before);
      }),
    );
  });
});

it('a sample of a process whose number is none, negative, absurd or in pieces is counted as invalid', () => {
  const window = windowOf([]);
  const before = dumpOfWindow(window);
  let told = 0;
  for (const name of Object.keys(aRuntimeSample()) as (keyof RuntimeSample)[]) {
    const mayHaveFraction = name === 'timestampMs' || name === 'startMs';
    for (const number of [...NO_NUMBERS, 1e16, ...(mayHaveFraction ? [] : [0.5])]) {
      window.addRuntimeSample(aRuntimeSample({ [name]: number }));
      told++;
    }
  }
  expect(window.invalid).toBe(told);
  window.invalid = 0;
  expect(dumpOfWindow(window)).toBe(before);
});

describe('a number at the edge', () => {
  it.each([
    [{ durationMs: 0 }, 0],
    [{ durationMs: -0 }, 0],
    [{ durationMs: YEAR_MS }, 0],
    [{ durationMs: YEAR_MS + 1 }, 1],
    [{ startMs: 0 }, 0],
    [{ startMs: 8.64e15 }, 0],
    [{ startMs: 8.64e15 + 1 }, 1],
  ])('as in %j is valid or not', (fields, invalid) => {
    const [record] = fc.sample(anyRecord, 1);
    expect(windowOf([{ record: { ...record!, ...fields } }]).invalid).toBe(invalid);
  });
});

function windowOf(happenings: readonly Parameters<typeof tell>[1][]): Window {
  const window = new Window(DEFAULT_LIMITS);
  for (const happening of happenings) tell(window, happening);
  return window;
}
