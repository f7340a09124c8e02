import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS } from '@tacho/core';
import { ageMs, type StoredRow } from './retention.ts';
import { endMsOf, unionOf } from './window-span.ts';
import type { WindowKey, WindowSpan } from './window-store.ts';

/** A row as far as planning goes. */
export interface PlannedRow extends WindowKey, WindowSpan, StoredRow {
  /** Whether its window can be merged with another. */
  readonly mergeable: boolean;
}

/** Two rows to be merged, the earlier one first. */
export type Pair<Row> = readonly [earlier: Row, later: Row];

/** As old as a step, a row is part of a row as wide as the step: minutes after a minute, hours after an hour. */
const STEPS_MS = [MINUTE_MS, HOUR_MS, DAY_MS];

/**
 * The next two rows to merge by their age, the oldest first; undefined once every row is as wide as its age asks.
 * A row that reaches across the border of a step is left out of that step's row, so that each stays within its
 * minute, hour or day.
 *
 * @param rows in the order of their keys
 */
export function nextRollUp<Row extends PlannedRow>(
  rows: readonly Row[],
  steadyNowMs: number,
): Pair<Row> | undefined {
  for (const pair of neighbours(rows)) {
    const youngerMs = ageOf(pair, steadyNowMs);
    if (STEPS_MS.some((stepMs) => youngerMs >= stepMs && isWithinOneStep(pair, stepMs))) return pair;
  }
  return undefined;
}

/**
 * The two rows to merge when room is needed: those whose union is shortest for its age, so that detail fades evenly
 * into the past. (To merge the two oldest, whatever their age, would in time make one row of everything but the
 * last minutes.) Undefined where no two rows can be merged.
 *
 * @param rows in the order of their keys
 */
export function nextSqueeze<Row extends PlannedRow>(
  rows: readonly Row[],
  steadyNowMs: number,
): Pair<Row> | undefined {
  let best: Pair<Row> | undefined;
  let bestShare = Number.POSITIVE_INFINITY;
  for (const pair of neighbours(rows)) {
    const share = unionOf(...pair).spanMs / Math.max(1, ageOf(pair, steadyNowMs));
    if (share >= bestShare) continue;
    best = pair;
    bestShare = share;
  }
  return best;
}

/** Each row with the one before it of the same writer, oldest first. */
function* neighbours<Row extends PlannedRow>(rows: readonly Row[]): Generator<Pair<Row>, void, undefined> {
  const lastByWriter = new Map<string, Row>();
  for (const row of rows) {
    if (!row.mergeable) continue;
    const last = lastByWriter.get(row.writer);
    if (last !== undefined) yield [last, row];
    lastByWriter.set(row.writer, row);
  }
}

/** Of the younger of the two. */
function ageOf([a, b]: Pair<StoredRow>, steadyNowMs: number): number {
  return Math.min(ageMs(a, steadyNowMs), ageMs(b, steadyNowMs));
}

function isWithinOneStep([earlier, later]: Pair<WindowSpan>, stepMs: number): boolean {
  const endMs = floorTo(earlier.minuteMs, stepMs) + stepMs;
  return endMsOf(earlier) <= endMs && endMsOf(later) <= endMs;
}
