import { decodeWindow, Window, type WindowLimits } from '@tacho/core';
import { mergeDetailWithin, mergeWithin, type TimeRange } from './merge-within.ts';
import { nextTurn } from './next-turn.ts';
import { overlaps } from './window-span.ts';
import type { WindowRow, WindowSpan } from './window-store.ts';

/** How much is decoded before the process sees to its other work. */
const TURN_BYTES = 32 * 1024;

export interface MergedRows {
  readonly window: Window;
  readonly skippedRows: number;
}

/**
 * Rows in one window: the counts of those that overlap `counted`, the slow requests and samples of all of them
 * whose own time is in `asked`. A row whose payload is no window is left out and counted.
 */
export async function mergeStored(
  rows: readonly WindowRow[],
  asked: TimeRange,
  counted: TimeRange,
  limits: WindowLimits,
): Promise<MergedRows> {
  const answer = new Window(limits);
  let skippedRows = 0;
  let bytes = 0;
  for (const row of rows) {
    const window = windowOf(row, limits);
    if (window === undefined) skippedRows++;
    else addWithin(answer, row, window, asked, counted);
    bytes += row.payload.byteLength;
    if (bytes < TURN_BYTES) continue;
    bytes = 0;
    await nextTurn();
  }
  return { window: answer, skippedRows };
}

/** A row next to the range has nothing to count in it, but may have a late sample: see `spanOf`. */
export function addWithin(
  into: Window,
  span: WindowSpan,
  window: Window,
  asked: TimeRange,
  counted: TimeRange,
): void {
  if (overlaps(span, counted.fromMs, counted.toMs)) mergeWithin(into, window, asked);
  else mergeDetailWithin(into, window, asked);
}

/** @returns undefined where the payload is no window */
export function windowOf({ payload }: WindowRow, limits: WindowLimits): Window | undefined {
  try {
    return decodeWindow(payload, limits);
  } catch {
    return undefined;
  }
}
