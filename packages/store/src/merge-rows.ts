import { coarsen, encodeWindow, type Window } from '@tacho/core';
import { unionOf } from './window-span.ts';
import type { WindowRow } from './window-store.ts';

/** A row and its decoded window. */
export interface OpenRow {
  readonly row: WindowRow;
  readonly window: Window;
}

/**
 * One row of two: the sum of all counts, the slowest of both, and a sample of the host for each minute, or each ten
 * minutes where the row is longer than an hour.
 *
 * @param earlier its window takes in the other's, and is used up
 */
export function mergeRows(earlier: OpenRow, later: OpenRow): WindowRow {
  const span = unionOf(earlier.row, later.row);
  const { window } = earlier;
  window.merge(later.window);
  coarsen(window, span.spanMs);
  return {
    ...span,
    writer: earlier.row.writer,
    sequence: Math.max(earlier.row.sequence, later.row.sequence),
    payload: encodeWindow(window),
  };
}
