import { type Aggregator, type Clock, encodeWindow, type Window } from '@tacho/core';
import { spanOf } from './window-span.ts';
import type { WindowKey, WindowSpan, WindowStore } from './window-store.ts';

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
 * At most one sealed window is not stored yet. A rejected append may have been stored all the same, so its row is
 * sent again as it is, under the same key; until that is fulfilled nothing else is sealed. The live window takes in
 * what is measured meanwhile: however long the store is away, two windows are all that waits for it.
 */
export class WindowWriter {
  readonly #aggregator: Aggregator;
  readonly #store: Pick<WindowStore, 'append'>;
  readonly #writer: string;
  readonly #clock: Pick<Clock, 'now'>;
  /** Of the live window. */
  #sequence = 0;
  /** Sealed, and not known to be stored. */
  #sealed: UnstoredWindow | undefined;
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

  /** In ascending order of sequence, the live window last. They are to be read, not changed. */
  unstored(): UnstoredWindow[] {
    const { live } = this.#aggregator;
    const current = this.#asUnstored(live, Math.max(live.startMs, this.#clock.now()));
    return this.#sealed === undefined ? [current] : [this.#sealed, current];
  }

  async #storeAll(): Promise<void> {
    await this.#storeSealed();
    const window = this.#aggregator.seal(this.#clock.now());
    this.#sealed = this.#asUnstored(window, window.endMs);
    this.#sequence++;
    await this.#storeSealed();
  }

  async #storeSealed(): Promise<void> {
    if (this.#sealed === undefined) return;
    const { window, ...key } = this.#sealed;
    await this.#store.append([{ ...key, payload: encodeWindow(window) }]);
    this.#sealed = undefined;
  }

  #asUnstored(window: Window, endMs: number): UnstoredWindow {
    return { ...spanOf(window.startMs, endMs), writer: this.#writer, sequence: this.#sequence, window };
  }
}
