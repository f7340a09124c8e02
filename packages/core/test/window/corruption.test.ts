import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ByteWriter } from '../../src/byte-writer.ts';
import { DEFAULT_LIMITS } from '../../src/window.ts';
import { decodeWindow, encodeWindow } from '../../src/window-codec.ts';
import { anyHappening } from '../anything.ts';
import { badDataOf, resultOrBadData } from '../bad-data.ts';
import { windowOf } from '../window-of.ts';
import { VERSION, windowBytes } from './window-bytes.ts';

const HUGE = 2 ** 50;

/** A few windows with something of everything, and no end of ways to damage them. */
const storedWindows = fc
  .sample(fc.array(anyHappening, { minLength: 10, maxLength: 40 }), { numRuns: 20, seed: 1 })
  .map((happenings) => encodeWindow(windowOf(happenings)));
const anyStored = fc.constantFrom(...storedWindows);

describe('bytes of a window', () => {
  it('are bad data wherever they are cut off', () => {
    const bytes = storedWindows[0]!;
    expect(bytes.length).toBeGreaterThan(400);
    for (let length = 0; length < bytes.length; length++) {
      badDataOf(() => decode(bytes.subarray(0, length)));
    }
  });

  it('are bad data, or some window, when any of them are changed', () => {
    const anyChange = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(anyStored, fc.array(anyChange, { minLength: 1, maxLength: 4 }), (stored, changes) => {
        const bytes = stored.slice();
        for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
        expectWindowOrBadData(bytes);
      }),
      { numRuns: 1500 },
    );
  });

  it('are bad data, or some window, when any are left out or put in', () => {
    fc.assert(
      fc.property(
        anyStored,
        fc.nat(),
        fc.nat(8),
        fc.uint8Array({ maxLength: 8 }),
        (stored, at, gone, put) => {
          const place = at % stored.length;
          const bytes = [...stored.slice(0, place), ...put, ...stored.slice(place + gone)];
          expectWindowOrBadData(Uint8Array.from(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are bad data, or some window, when they are anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expectWindowOrBadData(Uint8Array.of(VERSION, ...bytes));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('bytes that promise', () => {
  it.each<[string, (writer: ByteWriter) => void]>([
    ['kinds that are not measured', (writer) => writer.varint(HUGE)],
    [
      'endpoints',
      (writer) => {
        writer.varint(0);
        writer.varint(HUGE);
      },
    ],
    [
      'users',
      (writer) => {
        for (const number of [0, 0, 0, 0, HUGE]) writer.varint(number);
      },
    ],
    [
      'slow requests',
      (writer) => {
        for (const number of [0, 0, 0, 0, 0, HUGE]) writer.varint(number);
      },
    ],
    [
      'system samples',
      (writer) => {
        for (const number of [0, 0, 0, 0, 0, 0, 1000, HUGE]) writer.varint(number);
      },
    ],
    [
      'processes',
      (writer) => {
        for (const number of [0, 0, 0, 0, 0, 0, 1000, 0, 1000, HUGE]) writer.varint(number);
      },
    ],
    [
      'samples of processes',
      (writer) => {
        for (const number of [0, 0, 0, 0, 0, 0, 1000, 0, 1000, 0, HUGE]) writer.varint(number);
      },
    ],
    [
      'letters',
      (writer) => {
        writer.varint(1);
        writer.varint(HUGE);
      },
    ],
  ])('more %s than they hold are refused at once', (_what, write) => {
    expect(badDataOf(() => decode(windowBytes(write)))).toMatch(/ends too early/);
  });
});

describe('a window', () => {
  it('of a version that is not known is bad data', () => {
    const bytes = encodeWindow(windowOf([]));
    bytes[0] = VERSION + 1;
    expect(badDataOf(() => decode(bytes))).toMatch(/version 5 of the window format/);
  });

  it('of no bytes is bad data', () => {
    badDataOf(() => decode(new Uint8Array(0)));
  });

  it('that starts at no time is bad data', () => {
    const bytes = encodeWindow(windowOf([]));
    new DataView(bytes.buffer).setFloat64(1, Number.NaN, true);
    expect(badDataOf(() => decode(bytes))).toMatch(/no time/);
  });

  it('whose samples have a resolution that is none is bad data', () => {
    const bytes = windowBytes((writer) => {
      for (const number of [0, 0, 0, 0, 0, 0, 1234, 0]) writer.varint(number);
    });
    expect(badDataOf(() => decode(bytes))).toMatch(/resolution of 1234 ms/);
  });
});

function decode(bytes: Uint8Array) {
  return decodeWindow(bytes, DEFAULT_LIMITS);
}

/** Where it is a window, it can be used: what was read hangs together, and can be stored again. */
function expectWindowOrBadData(bytes: Uint8Array): void {
  const window = resultOrBadData(() => decode(bytes));
  if (window === undefined) return;
  const broken = [...window.endpoints.entries()].filter(
    ({ stats }) =>
      stats.count !== stats.sketch.count || Number.isNaN(stats.quantileMs(0.99)) !== (stats.count === 0),
  );
  expect(broken).toEqual([]);
  expect(encodeWindow(window).length).toBeGreaterThan(0);
}
