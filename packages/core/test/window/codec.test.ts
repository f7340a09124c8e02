import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_LIMITS, Window, type WindowLimits } from '../../src/window.ts';
import { decodeWindow, encodeWindow } from '../../src/window-codec.ts';
import { anyHappening } from '../anything.ts';
import { dumpOfBytes, dumpOfTable, dumpOfWindow } from '../dump.ts';
import { windowOf } from '../window-of.ts';

const anyHappenings = fc.array(anyHappening, { maxLength: 80 });

describe('a stored window', () => {
  it('is the same when it is read again', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const window = windowOf(happenings);
        expect(factsOf(decodeWindow(encodeWindow(window), DEFAULT_LIMITS))).toEqual(factsOf(window));
      }),
      { numRuns: 500 },
    );
  });

  it('has the same bytes when it is stored again', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const bytes = encodeWindow(windowOf(happenings));
        expect(dumpOfWindow(decodeWindow(bytes, DEFAULT_LIMITS))).toBe(dumpOfBytes(bytes));
      }),
    );
  });

  it('may have no times', () => {
    const window = decodeWindow(encodeWindow(new Window(DEFAULT_LIMITS)), DEFAULT_LIMITS);
    expect([window.startMs, window.endMs]).toEqual([Infinity, -Infinity]);
  });

  it('read under lower limits is what merging it into a window of those limits gives', () => {
    const anyLimits: fc.Arbitrary<WindowLimits> = fc.record({
      maxEndpoints: fc.nat(6),
      maxSlowRequests: fc.nat(6),
      maxSystemSamples: fc.nat(6),
    });
    fc.assert(
      fc.property(anyHappenings, anyLimits, (happenings, limits) => {
        const window = windowOf(happenings);
        const merged = new Window(limits);
        merged.merge(window);
        expect(factsOf(decodeWindow(encodeWindow(window), limits))).toEqual(factsOf(merged));
      }),
      { numRuns: 300 },
    );
  });
});

function factsOf(window: Window) {
  const { startMs, endMs, invalid } = window;
  return {
    startMs,
    endMs,
    invalid,
    notMeasured: window.notMeasured.entries(),
    endpoints: dumpOfTable(window.endpoints),
    slowRequests: window.slowRequests.list(),
    resolutionMs: window.systemSamples.resolutionMs,
    systemSamples: window.systemSamples.list(),
  };
}
