import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteWriter } from '../../src/byte-writer.ts';
import { endpointStatsIn } from '../../src/packed-endpoints.ts';
import { headTotal } from '../../src/packed-head.ts';
import { PackedMerge } from '../../src/packed-merge.ts';
import { type PackedWindow, packWindow } from '../../src/packed-window.ts';
import { DEFAULT_LIMITS, Window } from '../../src/window.ts';
import { decodeWindow, encodeWindow } from '../../src/window-codec.ts';
import { anyHappening } from '../anything.ts';
import { badDataOf, resultOrBadData } from '../bad-data.ts';
import { dumpOfWindow } from '../dump.ts';
import { aRequest } from '../report/measured.ts';
import { windowOf } from '../window-of.ts';
import { Dictionary } from './dictionary.ts';

const PARTS = ['head', 'endpoints', 'users'] as const;
const HUGE = 2 ** 50;

const dictionary = new Dictionary();
const packedWindows = fc
  .sample(fc.array(anyHappening, { minLength: 10, maxLength: 40 }), { numRuns: 20, seed: 1 })
  .map((happenings) => packWindow(windowOf(happenings), dictionary, [{ writer: 'w', first: 3, last: 5 }]));
const anyPacked = fc.constantFrom(...packedWindows);

describe.each(PARTS)('bytes of %s', (part) => {
  it('are bad data wherever they are cut off, and add nothing', () => {
    const bytes = packedWindows[0]![part];
    const window = windowOf([{ record: aRequest({ user: 'joe' }) }]);
    const merge = new PackedMerge(window, dictionary);
    const before = dumpOfWindow(window);
    for (let length = 0; length < bytes.length; length++) {
      badDataOf(() => add(merge, part, bytes.subarray(0, length)));
    }
    expect(dumpOfWindow(window)).toBe(before);
    expect(merge.sources).toEqual([]);
  });

  it('are bad data that adds nothing, or some, when any of them are changed', () => {
    const anyChange = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(anyPacked, fc.array(anyChange, { minLength: 1, maxLength: 4 }), (packed, changes) => {
        const bytes = packed[part].slice();
        for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
        expectSomeOrNothing(part, bytes);
      }),
      { numRuns: 700 },
    );
  });

  it('are bad data that adds nothing, or some, when they are anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expectSomeOrNothing(part, Uint8Array.of(1, ...bytes));
      }),
      { numRuns: 700 },
    );
  });

  it('of a version that is not known are bad data', () => {
    const bytes = packedWindows[0]![part].slice();
    bytes[0] = 4;
    expect(badDataOf(() => add(newMerge(), part, bytes))).toMatch(/version 4 of/);
  });

  it('with more after the end are bad data', () => {
    const bytes = Uint8Array.of(...packedWindows[0]![part], 0);
    expect(badDataOf(() => add(newMerge(), part, bytes))).toMatch(/1 bytes follow/);
  });
});

describe('bytes of endpoints', () => {
  it('that promise more than they hold are refused at once', () => {
    expect(badDataOf(() => newMerge().addEndpoints(bytesOf([1, HUGE])))).toMatch(/ends too early/);
  });

  it('that name one twice are bad data', () => {
    expect(badDataOf(() => newMerge().addEndpoints(bytesOf([1, 2, 2, 0, 1, 1000, 0])))).toMatch(/twice/);
  });

  it('that name ids as large as integers go count as overflow', () => {
    const window = new Window(DEFAULT_LIMITS);
    const merge = new PackedMerge(window, dictionary);
    merge.addEndpoints(bytesOf([1, 2, HUGE, 0, 1, 1000, Number.MAX_SAFE_INTEGER, 0, 1, 1000]));
    expect(window.endpoints.entries().map(({ stats }) => stats.count)).toEqual([2]);
    expect(merge.unnamed).toBe(2);
  });
});

describe('bytes of a head', () => {
  it('whose sources end past where integers are exact are bad data', () => {
    const { head } = packWindow(windowOf([]), dictionary, [
      { writer: 'w', first: HUGE, last: HUGE + 2 ** 53 },
    ]);
    expect(badDataOf(() => newMerge().addHead(head))).toMatch(/2\^53/);
  });
});

function newMerge(): PackedMerge {
  return new PackedMerge(new Window(DEFAULT_LIMITS), dictionary);
}

function add(merge: PackedMerge, part: keyof PackedWindow, bytes: Uint8Array): void {
  if (part === 'head') merge.addHead(bytes);
  else if (part === 'endpoints') merge.addEndpoints(bytes);
  else merge.addUsers(bytes);
}

/** Where something was added, the window can be used: what was read hangs together, and can be stored again. */
function expectSomeOrNothing(part: keyof PackedWindow, bytes: Uint8Array): void {
  const window = windowOf([{ record: aRequest() }]);
  const before = dumpOfWindow(window);
  const added = resultOrBadData(() => {
    add(new PackedMerge(window, dictionary), part, bytes);
    return true;
  });
  if (added === undefined) expect(dumpOfWindow(window)).toBe(before);
  expect(dumpOfWindow(decodeWindow(encodeWindow(window), DEFAULT_LIMITS))).toBe(dumpOfWindow(window));
  if (part === 'head') resultOrBadData(() => headTotal(bytes));
  if (part === 'endpoints') resultOrBadData(() => endpointStatsIn(bytes, dictionary.idOf('GET', '/')));
}

function bytesOf(numbers: readonly number[]): Uint8Array {
  const writer = new ByteWriter();
  for (const number of numbers) writer.varint(number);
  return writer.finish();
}
