import { type Aggregator, type Clock, encodeWindow, type Window } from '@tacho/core';
import { spanOf } from './window-span.ts';
import type { WindowKey, WindowRow, WindowSpan, WindowStore } from './window-store.ts';

/** A window that the store is not known to have, under the key it has or will get there. */
export interface UnstoredWindow extends WindowKey, WindowSpan {
  readonly window: Window;
}

export interface WindowWriterOptions {
  aggregator: Aggregator;
  store: Pick<WindowStore, 'append'>;
  /** This run of this process; see `WindowKey`. */
  writer: string;
  clock: Pick<Clock, 'now'>;
}

/**
 * Moves what this process measures into the store, in order, each record once.
 *
 * A rejected append may have been stored all the same, so its row is sent again as it is, under the same key; until
 * that is fulfilled `flush` seals nothing else. The live window takes in what is measured meanwhile: however long the
 * store is away, two windows are all that waits for it.
 */
export class WindowWriter {
  readonly #aggregator: Aggregator;
  readonly #store: Pick<WindowStore, 'append'>;
  readonly #writer: string;
  readonly #clock: Pick<Clock, 'now'>;
  /** Of the live window. */
  #sequence = 0;
  /** Sealed, and not known to be stored; in ascending order of sequence. */
  #sealed: readonly UnstoredWindow[] = [];
  /** The run that is under way, or was last; never rejects. */
  #run: Promise<void> = Promise.resolve();
  /** The run that will begin when `#run` has ended. */
  #nextRun: Promise<void> | undefined;

  constructor({ aggregator, store, writer, clock }: WindowWriterOptions) {
    this.#aggregator = aggregator;
    this.#store = store;
    this.#writer = writer;
    this.#clock = clock;
  }

  /**
   * Stores everything recorded up to the call; to be called every ten seconds, and last on the way out. There are
   * never two runs at once: a call during one waits for its end, and calls that wait share the next. A window in
   * which nothing happened is stored too, since that nothing happened was measured.
   *
   * Rejects as `WindowStore.append` does. Nothing is lost by it, and the next call tries again. A rejection that
   * nobody looks at is not an unhandled one.
   */
  flush(): Promise<void> {
    if (this.#nextRun !== undefined) return this.#nextRun;
    const nextRun = this.#run.then(() => {
      this.#nextRun = undefined;
      return this.#storeAll();
    });
    this.#nextRun = nextRun;
    this.#run = nextRun.catch(() => {});
    return nextRun;
  }

  /**
   * Stores everything recorded up to the call before it returns: for a process that may end before anything
   * asynchronous happens. What a run that is under way has sent is sent again, under the same key.
   *
   * @param appendNow whether it has stored the rows; what it has not, the next flush sends again
   */
  flushNow(appendNow: (rows: readonly WindowRow[]) => boolean): void {
    this.#seal();
    if (appendNow(this.#sealed.map(rowOf))) this.#sealed = [];
  }

  /** In ascending order of sequence, the live window last. They are to be read, not changed. */
  unstored(): UnstoredWindow[] {
    const { live } = this.#aggregator;
    return [...this.#sealed, this.#asUnstored(live, Math.max(live.startMs, this.#clock.now()))];
  }

  async #storeAll(): Promise<void> {
    await this.#storeSealed();
    this.#seal();
    await this.#storeSealed();
  }

  #seal(): void {
    const window = this.#aggregator.seal(this.#clock.now());
    this.#sealed = [...this.#sealed, this.#asUnstored(window, window.endMs)];
    this.#sequence++;
  }

  async #storeSealed(): Promise<void> {
    for (let [first] = this.#sealed; first !== undefined; [first] = this.#sealed) {
      const stored = first;
      await this.#store.append([rowOf(stored)]);
      this.#sealed = this.#sealed.filter((sealed) => sealed !== stored);
    }
  }

  #asUnstored(window: Window, endMs: number): UnstoredWindow {
    return { ...spanOf(window.startMs, endMs), writer: this.#writer, sequence: this.#sequence, window };
  }
}

function rowOf({ window, ...key }: UnstoredWindow): WindowRow {
  return { ...key, payload: encodeWindow(window) };
}
