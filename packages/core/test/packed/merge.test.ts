import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endpointName } from '../../src/endpoint-table.ts';
import { PackedMerge } from '../../src/packed-merge.ts';
import { type PackedWindow, packWindow } from '../../src/packed-window.ts';
import { DEFAULT_LIMITS, Window, type WindowLimits } from '../../src/window.ts';
import { anyHappening } from '../anything.ts';
import { dumpOfWindow } from '../dump.ts';
import { aRequest } from '../report/measured.ts';
import { windowOf } from '../window-of.ts';
import { Dictionary } from './dictionary.ts';

const anyParts = fc.array(fc.array(anyHappening, { maxLength: 30 }), { maxLength: 5 });

describe('merging packed windows', () => {
  it('is merging the windows that were packed', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const windows = parts.map((happenings) => windowOf(happenings));
        const limits = { ...DEFAULT_LIMITS, maxSlowRequests: 10, maxSystemSamples: 6, maxRuntimeSamples: 6 };
        expect(dumpOfWindow(mergedPacked(windows, limits))).toBe(dumpOfWindow(merged(windows, limits)));
      }),
      { numRuns: 300 },
    );
  });

  it('into a window of lower limits folds what merging folds', () => {
    const anyLimits: fc.Arbitrary<WindowLimits> = fc.record({
      maxEndpoints: fc.nat(6),
      maxSlowRequests: fc.nat(6),
      maxSystemSamples: fc.nat(6),
      maxRuntimeSamples: fc.nat(6),
      maxUsers: fc.nat(6),
    });
    fc.assert(
      fc.property(anyParts, anyLimits, (parts, limits) => {
        const windows = parts.map((happenings) => windowOf(happenings));
        expect(dumpOfWindow(mergedPacked(windows, limits))).toBe(dumpOfWindow(merged(windows, limits)));
      }),
      { numRuns: 300 },
    );
  });

  it('of far more endpoints than a window holds keeps the busiest and every count', () => {
    const requests = Array.from({ length: 25_000 }, (_, n) => ({ record: aRequest({ route: `/${n}` }) }));
    const busy = Array.from({ length: 3 }, () => ({ record: aRequest({ route: '/24999' }) }));
    const window = windowOf([...requests, ...busy], { maxEndpoints: 30_000 });
    const into = mergedPacked([window, window], { ...DEFAULT_LIMITS, maxEndpoints: 10 });
    expect(into.endpoints.size).toBe(10);
    expect(into.endpoints.get('GET /24999')?.stats.count).toBe(8);
    const counts = into.endpoints.entries().map(({ stats }) => stats.count);
    expect(counts.reduce((sum, count) => sum + count)).toBe(2 * window.endpoints.size + 6);
  });

  it('may alternate with merging windows that are not', () => {
    fc.assert(
      fc.property(anyParts, fc.nat(4), (parts, maxEndpoints) => {
        const windows = parts.map((happenings) => windowOf(happenings));
        const limits = { ...DEFAULT_LIMITS, maxEndpoints };
        const dictionary = new Dictionary();
        const into = new Window(limits);
        const merge = new PackedMerge(into, dictionary);
        for (const [place, window] of windows.entries()) {
          if (place % 2 === 0) into.merge(window);
          else add(merge, packWindow(window, dictionary, []));
        }
        expect(dumpOfWindow(into)).toBe(dumpOfWindow(merged(windows, limits)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('endpoints whose names are not known', () => {
  it('count in the overflow entry, and are told, each once', () => {
    const window = windowOf([{ record: aRequest() }, { record: aRequest({ route: '/gone' }) }]);
    const dictionary = new Dictionary();
    const packed = packWindow(window, dictionary, []);
    const into = new Window(DEFAULT_LIMITS);
    const merge = new PackedMerge(into, {
      nameOf(id) {
        const name = dictionary.nameOf(id);
        return name?.route === '/gone' ? undefined : name;
      },
    });
    merge.addEndpoints(packed.endpoints);
    merge.addEndpoints(packed.endpoints);
    expect(merge.unnamed).toBe(1);
    const counts = [...into.endpoints.entries()].map((entry) => [endpointName(entry), entry.stats.count]);
    expect(counts).toEqual([
      ['GET /', 2],
      ['* {overflow}', 2],
    ]);
  });
});

function merged(windows: readonly Window[], limits: WindowLimits): Window {
  const into = new Window(limits);
  for (const window of windows) into.merge(window);
  return into;
}

function mergedPacked(windows: readonly Window[], limits: WindowLimits): Window {
  const dictionary = new Dictionary();
  const into = new Window(limits);
  const merge = new PackedMerge(into, dictionary);
  for (const window of windows) add(merge, packWindow(window, dictionary, []));
  return into;
}

function add(merge: PackedMerge, packed: PackedWindow): void {
  merge.addHead(packed.head);
  merge.addEndpoints(packed.endpoints);
  merge.addUsers(packed.users);
}
