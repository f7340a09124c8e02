import { decodeWindow, Window, type WindowLimits } from '@tacho/core';
import { mergeDetailWithin, mergeWithin, type TimeRange } from './merge-within.ts';
import { nextTurn } from './next-turn.ts';
import { overlaps, SPAN_SLACK_MS } from './window-span.ts';
import type { WindowKey, WindowRow, WindowSpan, WindowStore } from './window-store.ts';
import type { UnstoredWindow } from './window-writer.ts';

export interface HistoryOptions {
  store: Pick<WindowStore, 'read'>;
  /** Of the windows that are answered. */
  limits: WindowLimits;
  /** `WindowWriter.unstored` of the process, where it measures anything itself. */
  unstored?: () => readonly UnstoredWindow[];
}

/** A row whose payload is no window is left out of an answer, and told of here. */
export type OnSkippedRow = (row: WindowKey, cause: unknown) => void;

/** How much is decoded before the process sees to its other work. */
const TURN_BYTES = 64 * 1024;

/**
 * The one place where what is stored and what is not yet stored meet, so that each record is counted once.
 *
 * A window on its way into the store may or may not be among the rows that a read gives, under its own key or
 * inside a coarsened row. Its writer appends in order, and coarsening keeps the highest sequence (see
 * `WindowStore`): so it is in the store if a row of its writer has its sequence or a higher one, and the copy that
 * was taken when the read began counts only if none has.
 */
export class History {
  readonly #store: Pick<WindowStore, 'read'>;
  readonly #limits: WindowLimits;
  readonly #unstored: () => readonly UnstoredWindow[];

  constructor({ store, limits, unstored = () => [] }: HistoryOptions) {
    this.#store = store;
    this.#limits = limits;
    this.#unstored = unstored;
  }

  /**
   * What was measured from `fromMs` (included) to `toMs` (excluded), either of which may be infinite, in one window
   * that is the caller's own. To read up to now, give Infinity: what was measured before the clock was set back
   * lies in the future. Slow requests and samples of the host are cut to the range by their own times, of which a
   * request's is its start. Counts are of all rows that overlap it: of whole minutes, and the further back, of
   * whole hours and days; the answer's `startMs` and `endMs` tell.
   *
   * Rejects as `WindowStore.read` does.
   */
  async window(fromMs: number, toMs: number, onSkippedRow: OnSkippedRow = () => {}): Promise<Window> {
    const range = { fromMs, toMs };
    const answer = new Window(this.#limits);
    const reading = this.#store.read(fromMs - SPAN_SLACK_MS, toMs);
    const unstored = this.#unstored().map((span) => ({ ...span, window: this.#copyWithin(span, range) }));
    const rows = await reading;
    for (const span of unstored) if (!isAmong(rows, span)) answer.merge(span.window);
    await this.#addRows(answer, rows, range, onSkippedRow);
    return answer;
  }

  /** What counts of a window that is still being recorded into, as it is now. */
  #copyWithin(unstored: UnstoredWindow, range: TimeRange): Window {
    const copy = new Window(this.#limits);
    addWithin(copy, unstored, unstored.window, range);
    return copy;
  }

  async #addRows(
    answer: Window,
    rows: readonly WindowRow[],
    range: TimeRange,
    onSkippedRow: OnSkippedRow,
  ): Promise<void> {
    let bytes = 0;
    for (const row of rows) {
      const window = this.#decode(row, onSkippedRow);
      if (window !== undefined) addWithin(answer, row, window, range);
      bytes += row.payload.byteLength;
      if (bytes < TURN_BYTES) continue;
      bytes = 0;
      await nextTurn();
    }
  }

  #decode(row: WindowRow, onSkippedRow: OnSkippedRow): Window | undefined {
    try {
      return decodeWindow(row.payload, this.#limits);
    } catch (cause) {
      onSkippedRow(row, cause);
      return undefined;
    }
  }
}

function isAmong(rows: readonly WindowRow[], { writer, sequence }: WindowKey): boolean {
  return rows.some((row) => row.writer === writer && row.sequence >= sequence);
}

/** A row next to the range has nothing to count in it, but may have a late sample: see `spanOf`. */
function addWithin(into: Window, span: WindowSpan, window: Window, range: TimeRange): void {
  if (overlaps(span, range.fromMs, range.toMs)) mergeWithin(into, window, range);
  else mergeDetailWithin(into, window, range);
}
