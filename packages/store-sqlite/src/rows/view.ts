import { floorTo, HOUR_MS } from '@tacho/core';
import { type Level, levelsBelow, MINUTE, type ViewLevel } from './levels.ts';
import type { ListedRow, RowLists } from './row-lists.ts';
import { type DroppedDays, levelLeft, type Segment } from './segments.ts';

/** Rows that are likely to be merged together again. */
export type Batch = readonly ListedRow[];

/**
 * The rows that answer for segments: each record that was stored of them is in exactly one. A row counts in the
 * segment in which it begins; before the first segment, rows that reach into it are looked for.
 */
export function batchesOf(lists: RowLists, segments: readonly Segment[], dropped: DroppedDays): Batch[] {
  const [first] = segments;
  if (first === undefined) return [];
  const batches = segments.flatMap((segment) => batchesIn(lists, segment));
  return [overrunning(lists, first, dropped), ...batches].filter((batch) => batch.length > 0);
}

function batchesIn(lists: RowLists, { fromMs, toMs, level }: Segment): Batch[] {
  const rows = lists.all(level, fromMs, toMs);
  const below = levelsBelow(level).map((lower) => lists.unrolled(lower, fromMs, toMs));
  return [...(level === MINUTE ? byHour(rows) : [rows]), ...below];
}

/** Of the hours in a range of minutes all but the last stay as they are. */
function byHour(rows: readonly ListedRow[]): Batch[] {
  const hours = new Map<number, ListedRow[]>();
  for (const row of rows) {
    const hourMs = floorTo(row.minuteMs, HOUR_MS);
    const hour = hours.get(hourMs);
    if (hour === undefined) hours.set(hourMs, [row]);
    else hour.push(row);
  }
  return [...hours.values()];
}

function overrunning(lists: RowLists, { fromMs, level }: Segment, dropped: DroppedDays): ListedRow[] {
  const levels: Level[] = [...levelsBelow(level), ...levelsFrom(level)];
  return levels.flatMap((of) =>
    lists.overrunning(of, fromMs).filter(({ minuteMs, rolled }) => {
      const left = levelLeft(minuteMs, level, dropped);
      return of === left || (of < left && !rolled);
    }),
  );
}

function levelsFrom(level: ViewLevel): Level[] {
  return ([1, 2, 3] as const).filter((other) => other >= level);
}
