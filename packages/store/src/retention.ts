import { DAY_MS, HOUR_MS } from '@tacho/core';
import { endMsOf } from './window-span.ts';
import type { WindowSpan } from './window-store.ts';

/** How long rows are kept after they end. */
export const RETENTION_MS = 30 * DAY_MS;

/**
 * The most that a stretch of time without rows ages the rows before it. A clock that was set forward by years leaves
 * such a stretch, and must not take for old what was measured an hour ago.
 */
export const MAX_GAP_MS = HOUR_MS;

/**
 * How old rows are: the time from a row's end to now, in which each stretch without rows counts as `MAX_GAP_MS` at
 * most. So no jump of the clock ages a row by more than that and the window that was open across the jump; a row is
 * as old as what was measured since. Rows of the future (measured before the clock was set back) are as old as they
 * are far.
 *
 * @param rows in ascending order of `minuteMs`
 * @returns milliseconds, at least 0, in the order of `rows`
 */
export function agesMs(rows: readonly WindowSpan[], nowMs: number): number[] {
  const { startsMs, nowAtMs } = withoutGaps(rows, nowMs);
  return rows.map(({ spanMs }, index) => {
    const startMs = startsMs[index]!;
    return Math.max(nowAtMs - (startMs + spanMs), startMs - nowAtMs, 0);
  });
}

/** @param rows in ascending order of `minuteMs` */
export function expiredRows<Row extends WindowSpan>(
  rows: readonly Row[],
  nowMs: number,
  retentionMs: number,
): Row[] {
  const ages = agesMs(rows, nowMs);
  return rows.filter((_, index) => ages[index]! >= retentionMs);
}

/** Where rows begin, and where now is, on a time line from which what is too much of each gap was cut out. */
function withoutGaps(rows: readonly WindowSpan[], nowMs: number): { startsMs: number[]; nowAtMs: number } {
  let coveredToMs = Math.min(nowMs, rows[0]?.minuteMs ?? nowMs);
  let cutMs = 0;
  const place = (startMs: number, endMs: number): number => {
    cutMs += Math.max(0, startMs - coveredToMs - MAX_GAP_MS);
    coveredToMs = Math.max(coveredToMs, endMs);
    return startMs - cutMs;
  };
  const past = rows
    .filter(({ minuteMs }) => minuteMs <= nowMs)
    .map((row) => place(row.minuteMs, endMsOf(row)));
  const nowAtMs = place(nowMs, nowMs);
  const future = rows.slice(past.length).map((row) => place(row.minuteMs, endMsOf(row)));
  return { startsMs: [...past, ...future], nowAtMs };
}
