import { floorTo, HOUR_MS, MINUTE_MS } from '@tacho/core';
import { type Level, levelsBelow, MINUTE, type ViewLevel } from './levels.ts';
import type { ListedRow, RowLists } from './row-lists.ts';
import { type DroppedDays, levelLeft, type Segment } from './segments.ts';

/** Rows of one level that are likely to be merged together again. */
export type Batch = readonly ListedRow[];

/**
 * The rows that answer for segments: each record that was stored of them is in exactly one. A row counts in the
 * segment in which it begins; before the first segment, rows that reach into it are looked for.
 *
 * @returns the widest rows first: what they are merged into is then as wide from the start
 */
export function batchesOf(lists: RowLists, segments: readonly Segment[], dropped: DroppedDays): Batch[] {
  const [first] = segments;
  if (first === undefined) return [];
  const batches = [
    ...segments.flatMap((segment) => batchesIn(lists, segment)),
    ...overrunning(lists, first, dropped),
  ];
  return batches.filter((batch) => batch.length > 0).sort(([a], [b]) => (b?.level ?? 0) - (a?.level ?? 0));
}

function batchesIn(lists: RowLists, { fromMs, toMs, level }: Segment): Batch[] {
  const rows = [
    lists.all(level, fromMs, toMs),
    ...levelsBelow(level).map((lower) => lists.unrolled(lower, fromMs, toMs)),
  ];
  return rows.flatMap((batch) => (batch[0]?.level === MINUTE ? inPieces(batch) : [batch]));
}

/** A range that ends now loses a minute at its start as it gains one at its end. The hours between stay whole. */
function inPieces(rows: readonly ListedRow[]): Batch[] {
  const firstMs = floorTo(rows[0]?.minuteMs ?? 0, HOUR_MS);
  const lastMs = floorTo(rows.at(-1)?.minuteMs ?? 0, HOUR_MS);
  const pieces = Map.groupBy(rows, ({ minuteMs }) => {
    const hourMs = floorTo(minuteMs, HOUR_MS);
    return hourMs === firstMs || hourMs === lastMs ? floorTo(minuteMs, 10 * MINUTE_MS) : hourMs;
  });
  return [...pieces.values()];
}

/** In batches of one. */
function overrunning(lists: RowLists, { fromMs, level }: Segment, dropped: DroppedDays): Batch[] {
  const levels: Level[] = [...levelsBelow(level), ...levelsFrom(level)];
  return levels.flatMap((of) =>
    lists
      .overrunning(of, fromMs)
      .filter(({ minuteMs, rolled }) => {
        const left = levelLeft(minuteMs, level, dropped);
        return of === left || (of < left && !rolled);
      })
      .map((row) => [row]),
  );
}

function levelsFrom(level: ViewLevel): Level[] {
  return ([1, 2, 3] as const).filter((other) => other >= level);
}
