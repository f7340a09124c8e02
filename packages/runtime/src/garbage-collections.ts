import {
  constants,
  type NodeGCPerformanceDetail,
  type PerformanceEntry,
  PerformanceObserver,
  type PerformanceObserverEntryList,
  performance,
} from 'node:perf_hooks';

/** An entry of a collection, which Node's types do not know. */
type Collection = PerformanceEntry & { readonly detail: NodeGCPerformanceDetail };

export type GcType = 'major' | 'minor' | 'incremental' | 'weakcb';

const TYPES: Readonly<Record<number, GcType>> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

export interface GcFigures {
  readonly count: number;
  /** All pauses together. */
  readonly pauseMs: number;
  readonly longestMs: number;
  /** For how long collections were looked at. */
  readonly watchedMs: number;
}

export interface GarbageCollectionsOptions {
  /** How many are looked at between two readings, or a few more. */
  readonly most: number;
  /** Is told of each that is looked at. Must not throw. */
  readonly onPause?: (pauseMs: number, type: GcType) => void;
}

/**
 * The collections of this thread's heap. Node makes an entry of each and calls whoever observes, which costs up to a
 * tenth of a millisecond: so where there are very many, those past a number are not looked at.
 */
export class GarbageCollections {
  readonly #options: GarbageCollectionsOptions;
  readonly #observer = new PerformanceObserver((list) => this.#heard(list));
  #count = 0;
  #pauseMs = 0;
  #longestMs = 0;
  #watchedMs = 0;
  #isStopped = false;
  /** On the monotonic clock; undefined while nobody looks. */
  #watchingSinceMs: number | undefined;

  constructor(options: GarbageCollectionsOptions) {
    this.#options = options;
    this.#watch();
  }

  /** Of the time since the reading before, or since this began. */
  read(): GcFigures {
    this.#take(this.#observer.takeRecords());
    this.#lookAway();
    const figures = {
      count: this.#count,
      pauseMs: this.#pauseMs,
      longestMs: this.#longestMs,
      watchedMs: this.#watchedMs,
    };
    this.#count = 0;
    this.#pauseMs = 0;
    this.#longestMs = 0;
    this.#watchedMs = 0;
    this.#watch();
    return figures;
  }

  stop(): void {
    this.#isStopped = true;
    this.#lookAway();
  }

  /** Called by Node, from where what it throws would end the process. */
  #heard(list: PerformanceObserverEntryList): void {
    try {
      this.#take(list.getEntries());
    } catch {
      // They are missing from the figures.
    }
  }

  #take(entries: readonly PerformanceEntry[]): void {
    for (const { duration, detail } of entries as readonly Collection[]) {
      this.#count++;
      this.#pauseMs += duration;
      if (duration > this.#longestMs) this.#longestMs = duration;
      this.#options.onPause?.(duration, TYPES[detail.kind] ?? 'major');
    }
    if (this.#count >= this.#options.most) this.#lookAway();
  }

  #watch(): void {
    if (this.#isStopped) return;
    this.#observer.observe({ entryTypes: ['gc'] });
    this.#watchingSinceMs = performance.now();
  }

  #lookAway(): void {
    if (this.#watchingSinceMs === undefined) return;
    this.#watchedMs += performance.now() - this.#watchingSinceMs;
    this.#watchingSinceMs = undefined;
    this.#observer.disconnect();
  }
}
