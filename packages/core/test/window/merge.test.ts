import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_LIMITS, Window } from '../../src/window.ts';
import { anySplit, splitAndMerge } from '../any-split.ts';
import { anyHappening } from '../anything.ts';
import { dumpOfWindow } from '../dump.ts';
import { tell, windowOf } from '../window-of.ts';

const anyHappenings = fc.array(anyHappening, { maxLength: 80 });

describe('merging windows', () => {
  it('equals recording all, however it was split and in whatever order and grouping', () => {
    const limits = { ...DEFAULT_LIMITS, maxSlowRequests: 10, maxSystemSamples: 6, maxRuntimeSamples: 6 };
    fc.assert(
      fc.property(anyHappenings, anySplit, (happenings, split) => {
        const merged = splitAndMerge(happenings, split, () => windowOf([], limits), tell);
        expect(dumpOfWindow(merged)).toBe(dumpOfWindow(windowOf(happenings, limits)));
      }),
      { numRuns: 400 },
    );
  });

  it('with one that has no times and holds nothing changes nothing, either way', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const window = windowOf(happenings);
        const neutral = new Window(DEFAULT_LIMITS);
        neutral.merge(window);
        expect(dumpOfWindow(neutral)).toBe(dumpOfWindow(window));
        window.merge(new Window(DEFAULT_LIMITS));
        expect(dumpOfWindow(neutral)).toBe(dumpOfWindow(window));
      }),
    );
  });

  it('leaves the other one as it was, and apart', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const other = windowOf(happenings);
        const before = dumpOfWindow(other);
        const window = windowOf([]);
        window.merge(other);
        for (const happening of happenings) tell(window, happening);
        expect(dumpOfWindow(other)).toBe(before);
      }),
    );
  });

  it('spans from the earliest start to the latest end', () => {
    const window = new Window(DEFAULT_LIMITS, 2000, 3000);
    window.merge(new Window(DEFAULT_LIMITS, 5000, 6000));
    window.merge(new Window(DEFAULT_LIMITS, 1000, 2500));
    expect(window).toMatchObject({ startMs: 1000, endMs: 6000 });
  });
});
