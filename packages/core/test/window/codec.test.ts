import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_LIMITS, Window, type WindowLimits } from '../../src/window.ts';
import { decodeWindow, encodeWindow } from '../../src/window-codec.ts';
import { anyHappening } from '../anything.ts';
import { dumpOfBytes, factsOfWindow } from '../dump.ts';
import { aRequest } from '../report/measured.ts';
import { windowOf } from '../window-of.ts';

const anyHappenings = fc.array(anyHappening, { maxLength: 80 });

describe('a stored window', () => {
  it('is the same when it is read again', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const window = windowOf(happenings);
        expect(factsOfWindow(decodeWindow(encodeWindow(window), DEFAULT_LIMITS))).toEqual(
          factsOfWindow(window),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('has the same bytes when it is stored again', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const bytes = encodeWindow(windowOf(happenings));
        expect(dumpOfBytes(encodeWindow(decodeWindow(bytes, DEFAULT_LIMITS)))).toBe(dumpOfBytes(bytes));
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
      maxRuntimeSamples: fc.nat(6),
      maxUsers: fc.nat(6),
    });
    fc.assert(
      fc.property(anyHappenings, anyLimits, (happenings, limits) => {
        const window = windowOf(happenings);
        const merged = new Window(limits);
        merged.merge(window);
        expect(factsOfWindow(decodeWindow(encodeWindow(window), limits))).toEqual(factsOfWindow(merged));
      }),
      { numRuns: 300 },
    );
  });

  it('of far more endpoints than the limits allow keeps the busiest and every count', () => {
    const requests = Array.from({ length: 25_000 }, (_, n) => ({ record: aRequest({ route: `/${n}` }) }));
    const busy = { record: aRequest({ route: '/24999' }) };
    const window = windowOf([...requests, busy], { maxEndpoints: 30_000 });
    const { endpoints } = decodeWindow(encodeWindow(window), { ...DEFAULT_LIMITS, maxEndpoints: 10 });
    expect(endpoints.size).toBe(10);
    expect(endpoints.get('GET /24999')?.stats.count).toBe(2);
    expect(endpoints.overflow?.stats.count).toBe(25_001 - 11);
  });
});
