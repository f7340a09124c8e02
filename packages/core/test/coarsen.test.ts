import { expect, it } from '@jest/globals';
import { coarsen } from '../src/coarsen.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/schedule.ts';
import { aRuntimeSample, aSample } from './report/measured.ts';
import { windowOf } from './window-of.ts';

it.each([
  ['a minute', MINUTE_MS, 1000],
  ['two minutes', 2 * MINUTE_MS, MINUTE_MS],
  ['an hour', HOUR_MS, MINUTE_MS],
  ['two hours', 2 * HOUR_MS, 10 * MINUTE_MS],
  ['a day', DAY_MS, 10 * MINUTE_MS],
])(
  'a row of %s keeps no more samples of host and process than it is worth',
  (_name, spanMs, resolutionMs) => {
    const times = Array.from({ length: 100 }, (_, n) => n * 10_000);
    const window = windowOf(
      times.flatMap((timestampMs) => [
        { sample: aSample({ timestampMs }) },
        { runtime: aRuntimeSample({ timestampMs }) },
      ]),
    );
    coarsen(window, spanMs);
    expect(window.systemSamples.resolutionMs).toBe(resolutionMs);
    const steps = new Set(times.map((timeMs) => Math.floor(timeMs / resolutionMs)));
    expect(window.systemSamples.list()).toHaveLength(steps.size);
    expect(window.runtimeSamples.resolutionMs).toBe(resolutionMs);
    expect(window.runtimeSamples.list()).toHaveLength(steps.size);
    expect(window.runtimeSamples.list().reduce((sum, { gcCount }) => sum + gcCount, 0)).toBe(300);
  },
);
