import { type Clock, ceilTo, floorTo, MINUTE_MS, TachoError, Window, type WindowLimits } from '@tacho/core';
import { MemoryStore } from './memory-store.ts';
import { SeriesSteps } from './merge-series.ts';
import { mergeStored, windowOf } from './merge-stored.ts';
import { overlaps, SPAN_SLACK_MS } from './window-span.ts';
import type {
  SeriesQuery,
  StoredAnswer,
  StoredRange,
  StoredSeries,
  StoredWindow,
  StoreStatus,
  WindowRow,
  WindowStore,
} from './window-store.ts';

export interface SpooledStoreOptions {
  /** Where rows are to end up. It answers calls in the order in which they were made. */
  disk: WindowStore;
  clock: Pick<Clock, 'now'>;
  limits: WindowLimits;
  /** Of the memory in which rows wait. Past it they are merged, so that counts do not vanish. */
  maxBytes?: number;
}

/** How many waiting rows are sent at once. */
const BATCH_ROWS = 16;

/**
 * A store that can always be appended to. Rows that the disk does not take wait in memory, coarsening as in any
 * `MemoryStore`, and each further append tries again to send them, oldest first. What is asked for is answered from
 * both. While the disk can't be read at all, answers are of the memory alone and say so: `partial`.
 */
export class SpooledStore implements WindowStore {
  readonly #disk: WindowStore;
  readonly #waiting: MemoryStore;
  readonly #limits: WindowLimits;
  /** Offered to the disk, which may have them or not: they stay as they are until it says. */
  #offered: readonly WindowRow[] = [];
  #sending: Promise<void> | undefined;
  #unavailable: string | undefined;

  constructor({ disk, clock, limits, maxBytes }: SpooledStoreOptions) {
    this.#disk = disk;
    this.#limits = limits;
    this.#waiting = new MemoryStore({ clock, limits, ...(maxBytes === undefined ? {} : { maxBytes }) });
  }

  /** Fulfilled once the disk has the rows, or has refused or failed to answer and they wait. */
  async append(rows: readonly WindowRow[]): Promise<void> {
    await this.#waiting.append(rows);
    await this.#send();
  }

  async read(range: StoredRange): Promise<StoredWindow> {
    const { own, inMemory, disk } = this.#begin(range, (all) => this.#disk.read(all));
    const answer = (await disk) ?? { ...unread(range), window: new Window(this.#limits) };
    const rows = own.filter((_, index) => !answer.stored[index]);
    const merged = await mergeStored(rows, range, answer, this.#limits);
    answer.window.merge(merged.window);
    return {
      ...answer,
      skippedRows: answer.skippedRows + merged.skippedRows,
      stored: inMemory.map((isIn, index) => isIn || answer.stored[own.length + index] === true),
    };
  }

  async series(query: SeriesQuery): Promise<StoredSeries> {
    const { own, inMemory, disk } = this.#begin(query, (all) => this.#disk.series({ ...query, ...all }));
    const answer = (await disk) ?? { ...unread(query), steps: [] };
    const steps = new SeriesSteps(query);
    for (const { startMs, stats } of answer.steps) steps.addStats(startMs, stats);
    let skippedRows = answer.skippedRows;
    for (const [index, row] of own.entries()) {
      if (answer.stored[index] || !overlaps(row, answer.fromMs, answer.toMs)) continue;
      const window = windowOf(row, this.#limits);
      if (window === undefined) skippedRows++;
      else steps.addWindow(row.minuteMs, window);
    }
    return {
      ...answer,
      skippedRows,
      steps: steps.list(),
      stored: inMemory.map((isIn, index) => isIn || answer.stored[own.length + index] === true),
    };
  }

  async maintain(): Promise<void> {
    await this.#disk.maintain();
  }

  async erase(pseudonyms: readonly string[]): Promise<number> {
    await this.#send();
    const inMemory = await this.#waiting.erase(pseudonyms);
    return inMemory + (await this.#disk.erase(pseudonyms));
  }

  status(): StoreStatus {
    const disk = this.#disk.status();
    return {
      ...disk,
      unavailable: this.#unavailable ?? disk.unavailable,
      waitingRows: this.#offered.length + this.#waiting.status().rows,
    };
  }

  /**
   * What the disk is not known to have, for whoever may end before it can be written again. As they may be stored in
   * another way now, these rows stay as they are.
   */
  offerAll(): readonly WindowRow[] {
    this.#offered = [...this.#offered, ...this.#take(Number.POSITIVE_INFINITY)];
    return this.#offered;
  }

  async close(): Promise<void> {
    await Promise.all([this.#disk.close(), this.#waiting.close()]);
  }

  /** One at a time, until nothing waits or the disk fails. Never rejects. */
  #send(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    try {
      for (;;) {
        if (this.#offered.length === 0) this.#offered = this.#take(BATCH_ROWS);
        const batch = this.#offered;
        if (batch.length === 0) break;
        await this.#disk.append(batch);
        this.#offered = this.#offered.filter((row) => !batch.includes(row));
      }
      this.#unavailable = undefined;
    } catch (error) {
      this.#unavailable = error instanceof TachoError ? error.message : 'the store failed';
    }
  }

  #take(most: number): WindowRow[] {
    const taken: WindowRow[] = [];
    while (taken.length < most) {
      const row = this.#waiting.takeOldest();
      if (row === undefined) break;
      taken.push(row);
    }
    return taken;
  }

  /**
   * Asks the disk, in the same turn in which the rows in memory are looked at: it then answers as of a moment at
   * which it has no more of them than those it was offered.
   *
   * @returns `own`, whose fate stands first in the answer's `stored`; `inMemory`, for each of `unstored`, whether it
   * came here and so is among them or on the disk; `disk`, undefined where it can't be read
   */
  #begin<Answer extends StoredAnswer>(
    range: StoredRange,
    ask: (range: StoredRange) => Promise<Answer>,
  ): { own: WindowRow[]; inMemory: boolean[]; disk: Promise<Answer | undefined> } {
    const own = [
      ...this.#offered.filter((row) => overlaps(row, range.fromMs - SPAN_SLACK_MS, range.toMs)),
      ...this.#waiting.inRange(range.fromMs - SPAN_SLACK_MS, range.toMs),
    ];
    const keys = own.map(({ minuteMs, writer, sequence }) => ({ minuteMs, writer, sequence }));
    const { unstored = [] } = range;
    const disk = ask({ ...range, unstored: [...keys, ...unstored] }).catch(() => undefined);
    return { own, inMemory: unstored.map((key) => this.#waiting.hasAccepted(key)), disk };
  }
}

/** What an answer says of itself where the disk can't be read. */
function unread({ fromMs, toMs }: StoredRange): StoredAnswer {
  return {
    fromMs: floorTo(fromMs, MINUTE_MS),
    toMs: ceilTo(toMs, MINUTE_MS),
    resolution: 'minute',
    skippedRows: 0,
    partial: true,
    stored: [],
  };
}
