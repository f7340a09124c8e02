import { Window, type WindowLimits } from '@tacho/core';
import { SeriesSteps } from './merge-series.ts';
import { addWithin } from './merge-stored.ts';
import { nextTurn } from './next-turn.ts';
import { overlaps } from './window-span.ts';
import type { SeriesQuery, StoredAnswer, StoredSeries, StoredStep, WindowStore } from './window-store.ts';
import type { UnstoredWindow } from './window-writer.ts';

export interface HistoryOptions {
  store: Pick<WindowStore, 'read' | 'series'>;
  /** Of the windows that are answered. */
  limits: WindowLimits;
  /** `WindowWriter.unstored` of the process, where it measures anything itself. */
  unstored?: () => readonly UnstoredWindow[];
}

/** What an answer says of itself. */
export type HistoryAnswer = Omit<StoredAnswer, 'stored'>;

export interface HistoryWindow extends HistoryAnswer {
  readonly window: Window;
}

export interface HistorySeries extends HistoryAnswer {
  readonly stepMs: number;
  /** In order of time; a step in which nothing was measured is left out. */
  readonly steps: readonly StoredStep[];
}

/**
 * The one place where what is stored and what is not yet stored meet, so that each record is counted once.
 *
 * A window on its way into the store may or may not be in what a read gives. So copies of the windows that are not
 * known to be stored are taken when the read begins, and of each the store tells whether its answer has it; the
 * copy counts only where it has not.
 */
export class History {
  readonly #store: Pick<WindowStore, 'read' | 'series'>;
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
   * request's is its start. Counts are of the answer's range: of whole minutes, and the longer the range or the
   * further back, of whole hours and days.
   *
   * Rejects as `WindowStore.read` does.
   *
   * @param users see `StoredRange.users`
   */
  async window(fromMs: number, toMs: number, { users = true } = {}): Promise<HistoryWindow> {
    const asked = { fromMs, toMs };
    const copies = this.#copies();
    const { stored, window, ...answer } = await this.#store.read({ ...asked, users, unstored: copies });
    for (const copy of missing(copies, stored)) {
      await nextTurn();
      addWithin(window, copy, copy.window, asked, answer);
    }
    return { ...answer, window };
  }

  /** The stats of the steps of a range. Rejects as `WindowStore.series` does. */
  async series(query: Omit<SeriesQuery, 'unstored'>): Promise<HistorySeries> {
    const copies = this.#copies();
    const { stored, steps, ...answer } = await this.#store.series({ ...query, unstored: copies });
    const all = new SeriesSteps(query);
    for (const { startMs, stats } of steps) all.addStats(startMs, stats);
    for (const copy of missing(copies, stored)) {
      if (overlaps(copy, answer.fromMs, answer.toMs)) all.addWindow(copy.minuteMs, copy.window);
    }
    return { ...answer, stepMs: query.stepMs, steps: all.list() };
  }

  /**
   * Of windows that are still being recorded into, as they are at one moment: not in turns, though for a thousand
   * endpoints it takes a few milliseconds.
   */
  #copies(): UnstoredWindow[] {
    return this.#unstored().map((span) => ({ ...span, window: this.#copyOf(span.window) }));
  }

  #copyOf(window: Window): Window {
    const copy = new Window(this.#limits);
    copy.merge(window);
    return copy;
  }
}

function missing(copies: readonly UnstoredWindow[], stored: StoredSeries['stored']): UnstoredWindow[] {
  return copies.filter((_, index) => stored[index] !== true);
}
