import type { Origin } from './origins.ts';
import type { RequestRecord, SystemSample } from './record.ts';
import type { RuntimeSample } from './runtime-sample.ts';
import { DEFAULT_LIMITS, Window, type WindowLimits } from './window.ts';

export interface AggregatorOptions {
  readonly limits?: WindowLimits;
  /** Epoch milliseconds at which the first window starts. */
  readonly nowMs: number;
  /** Of this process. */
  readonly origin?: Origin | undefined;
}

/** Holds the live window: what has been measured since the last `seal`. */
export class Aggregator {
  readonly #limits: WindowLimits;
  readonly #origin: Origin | undefined;
  #live: Window;

  constructor({ limits = DEFAULT_LIMITS, nowMs, origin }: AggregatorOptions) {
    this.#limits = limits;
    this.#origin = origin;
    this.#live = new Window(limits, nowMs, nowMs, origin);
  }

  /** The window being recorded into: to read and to merge from, not to change. */
  get live(): Window {
    return this.#live;
  }

  record(record: RequestRecord): void {
    this.#live.record(record);
  }

  addSample(sample: SystemSample): void {
    this.#live.addSample(sample);
  }

  addRuntimeSample(sample: RuntimeSample): void {
    this.#live.addRuntimeSample(sample);
  }

  /** Counts requests that were seen but are kept out of the statistics (see `NotMeasured`). */
  countNotMeasured(kind: string, n = 1): void {
    this.#live.notMeasured.count(kind, n);
  }

  /**
   * Ends the live window and begins the next. Every record is in exactly one of the two.
   * @returns the ended window; nothing is recorded into it any more. Where the clock went back it ends as it began
   */
  seal(nowMs: number): Window {
    const sealed = this.#live;
    sealed.endMs = Math.max(sealed.startMs, nowMs);
    this.#live = new Window(this.#limits, nowMs, nowMs, this.#origin);
    return sealed;
  }
}
