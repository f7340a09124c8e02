import { describe, expect, it } from '@jest/globals';
import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS } from '@tacho/core';
import fc from 'fast-check';
import { ageMs } from '../src/retention.ts';
import { nextRollUp, nextSqueeze, type Pair, type PlannedRow } from '../src/roll-up.ts';
import { compareKeys } from '../src/row-order.ts';
import { endMsOf, unionOf } from '../src/window-span.ts';
import { NOON_MS } from './measured.ts';

/** With the number of rows that it was made from. */
interface CountedRow extends PlannedRow {
  readonly from: number;
}

type NextPair = (rows: readonly CountedRow[], nowMs: number) => Pair<CountedRow> | undefined;

/** Stored when it ended, unless said otherwise. */
function rowOf(row: Partial<CountedRow>): CountedRow {
  const { minuteMs = NOON_MS, spanMs = MINUTE_MS } = row;
  const storedMs = minuteMs + spanMs;
  return { minuteMs, spanMs, storedMs, writer: 'a', sequence: 0, mergeable: true, from: 1, ...row };
}

/** Merges as a store does, until there is nothing to merge. */
function mergeAll(rows: readonly CountedRow[], nowMs: number, next: NextPair): CountedRow[] {
  let merged = rows.toSorted(compareKeys);
  for (let pair = next(merged, nowMs); pair !== undefined; pair = next(merged, nowMs)) {
    const [earlier, later] = pair;
    const sequence = Math.max(earlier.sequence, later.sequence);
    const storedMs = Math.max(earlier.storedMs, later.storedMs);
    const from = earlier.from + later.from;
    const row = { ...earlier, ...unionOf(earlier, later), sequence, storedMs, from };
    merged = [...merged.filter((other) => other !== earlier && other !== later), row].sort(compareKeys);
  }
  return merged;
}

const anyRows = fc
  .array(
    fc.record({
      minute: fc.nat(4 * 1440),
      minutes: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 90 })),
      writer: fc.constantFrom('a', 'b'),
      mergeable: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    }),
    { maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ minute, minutes, writer, mergeable }, sequence) =>
      rowOf({ minuteMs: minute * MINUTE_MS, spanMs: minutes * MINUTE_MS, writer, sequence, mergeable }),
    ),
  );
const anyNow = fc.nat(5 * DAY_MS);

describe('rolling up', () => {
  it('leaves a minute alone until it has been over for a minute', () => {
    const rows = [rowOf({ sequence: 0 }), rowOf({ sequence: 1 })];
    expect(nextRollUp(rows, NOON_MS + 2 * MINUTE_MS - 1)).toBeUndefined();
    expect(nextRollUp(rows, NOON_MS + 2 * MINUTE_MS)).toEqual(rows);
  });

  it('makes hours of what is an hour old', () => {
    const rows = [rowOf({ sequence: 0 }), rowOf({ sequence: 1, minuteMs: NOON_MS + MINUTE_MS })];
    const endMs = NOON_MS + 2 * MINUTE_MS;
    expect(nextRollUp(rows, endMs + HOUR_MS - 1)).toBeUndefined();
    expect(nextRollUp(rows, endMs + HOUR_MS)).toEqual(rows);
  });

  it('makes days of what is a day old', () => {
    const hours = Array.from({ length: 60 }, (_, hour) =>
      rowOf({ minuteMs: NOON_MS + hour * HOUR_MS, spanMs: HOUR_MS, sequence: hour }),
    );
    const merged = mergeAll(hours, NOON_MS + 60 * HOUR_MS, nextRollUp);
    const spans = merged.map(({ spanMs }) => spanMs / HOUR_MS);
    expect(spans).toEqual([12, 24, ...Array.from({ length: 24 }, () => 1)]);
  });

  it('leaves out a row that reaches into the next hour, wherever it begins', () => {
    const rows = [
      rowOf({ sequence: 0, minuteMs: NOON_MS + 50 * MINUTE_MS, spanMs: 20 * MINUTE_MS }),
      rowOf({ sequence: 1, minuteMs: NOON_MS + 55 * MINUTE_MS }),
      rowOf({ sequence: 2, minuteMs: NOON_MS + 59 * MINUTE_MS, spanMs: 2 * MINUTE_MS }),
    ];
    expect(nextRollUp(rows, NOON_MS + 3 * HOUR_MS)).toBeUndefined();
    expect(nextRollUp(rows, NOON_MS + 30 * HOUR_MS)).toEqual(rows.slice(0, 2));
  });

  it('keeps the highest sequence, also where the clock was set back in between', () => {
    const rows = [rowOf({ sequence: 7 }), rowOf({ sequence: 3, minuteMs: NOON_MS + MINUTE_MS })];
    expect(mergeAll(rows, NOON_MS + 2 * HOUR_MS, nextRollUp)).toMatchObject([{ sequence: 7, from: 2 }]);
  });

  it('leaves each row within its minute, hour or day, of one writer, and loses none', () => {
    fc.assert(
      fc.property(anyRows, anyNow, (rows, nowMs) => {
        const merged = mergeAll(rows, nowMs, nextRollUp);
        expect(total(merged)).toBe(rows.length);
        for (const row of merged) {
          if (row.from === 1) continue;
          const steps = [MINUTE_MS, HOUR_MS, DAY_MS].filter((stepMs) => ageMs(row, nowMs) >= stepMs);
          expect(steps.some((stepMs) => endMsOf(row) <= floorTo(row.minuteMs, stepMs) + stepMs)).toBe(true);
        }
      }),
    );
  });

  it('leaves at most one row to a writer and step, of those that lie within it and are that old', () => {
    fc.assert(
      fc.property(anyRows, anyNow, (rows, nowMs) => {
        const merged = mergeAll(
          rows.map(({ minuteMs, writer, sequence }) => rowOf({ minuteMs, writer, sequence })),
          nowMs,
          nextRollUp,
        );
        for (const stepMs of [MINUTE_MS, HOUR_MS, DAY_MS]) {
          const steps = merged
            .filter((row) => ageMs(row, nowMs) >= stepMs)
            .map(({ writer, minuteMs }) => `${writer} ${floorTo(minuteMs, stepMs)}`);
          expect(new Set(steps).size).toBe(steps.length);
        }
      }),
    );
  });
});

describe('squeezing', () => {
  it('takes the oldest of rows of one width', () => {
    const hours = Array.from({ length: 10 }, (_, hour) =>
      rowOf({ minuteMs: NOON_MS + hour * HOUR_MS, spanMs: HOUR_MS, sequence: hour }),
    );
    expect(nextSqueeze(hours, NOON_MS + 10 * HOUR_MS)).toEqual(hours.slice(0, 2));
  });

  it('takes the oldest where time stands still', () => {
    const rows = [0, 1, 2].map((sequence) => rowOf({ sequence, storedMs: 0 }));
    expect(nextSqueeze(rows, 0)).toEqual(rows.slice(0, 2));
  });

  it('spares the oldest where it is wide already for its age', () => {
    const wide = rowOf({ minuteMs: NOON_MS - 4 * DAY_MS, spanMs: 4 * DAY_MS });
    const hours = Array.from({ length: 10 }, (_, hour) =>
      rowOf({ minuteMs: NOON_MS + hour * HOUR_MS, spanMs: HOUR_MS, sequence: hour + 1 }),
    );
    expect(nextSqueeze([wide, ...hours], NOON_MS + 10 * HOUR_MS)).toEqual(hours.slice(0, 2));
  });

  it('does not reach across the years that a clock was set forward, while there is a choice', () => {
    const afterMs = NOON_MS + 3653 * DAY_MS;
    const rows = [NOON_MS, NOON_MS + MINUTE_MS, afterMs, afterMs + MINUTE_MS].map((minuteMs, n) =>
      rowOf({ minuteMs, sequence: n, storedMs: n * MINUTE_MS }),
    );
    expect(nextSqueeze(rows, 4 * MINUTE_MS)).toEqual(rows.slice(0, 2));
    expect(nextSqueeze(rows.slice(1), 4 * MINUTE_MS)).toEqual(rows.slice(2));
    expect(nextSqueeze(rows.slice(1, 3), 4 * MINUTE_MS)).toEqual(rows.slice(1, 3));
  });

  it('ends with one row to a writer and those that can not be merged, and loses none', () => {
    fc.assert(
      fc.property(anyRows, anyNow, (rows, nowMs) => {
        const merged = mergeAll(rows, nowMs, nextSqueeze);
        const mergeable = merged.filter((row) => row.mergeable);
        expect(total(merged)).toBe(rows.length);
        expect(new Set(mergeable.map(({ writer }) => writer)).size).toBe(mergeable.length);
      }),
    );
  });
});

function total(rows: readonly CountedRow[]): number {
  return rows.reduce((sum, { from }) => sum + from, 0);
}
