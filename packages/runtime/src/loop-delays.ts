import { type ELDHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** A timer that wakes an idle process fifty times a second, which costs it 0.4 % of a slow core. */
const RESOLUTION_MS = 20;
const RESOLUTION_NS = RESOLUTION_MS * 1e6;
/** After which the histogram that takes over has seen two ticks, unless the loop is held up right now. */
const OVERLAP_MS = 3 * RESOLUTION_MS;
/** Then it is left at that: the next reading has what is missing in this one. */
const MOST_WAITS = 5;

/** By how much a timer was late, in nanoseconds. 0 where nothing was seen. */
export interface LoopDelayFigures {
  readonly minNs: number;
  readonly p50Ns: number;
  readonly p90Ns: number;
  readonly p99Ns: number;
  readonly maxNs: number;
  readonly meanNs: number;
  readonly stddevNs: number;
}

/**
 * How late the event loop was, between one reading and the next. What Node's histogram holds is the time from tick to
 * tick of a timer: a delay is what that is over the timer's own interval, so that one of D is seen as D less what was
 * left of the interval when it began, which is less than 20 ms.
 *
 * `reset()` forgets when the last tick was, and with it the delay that is going on: two histograms take turns, and
 * the one goes on until the other has seen a tick. What happens in between is in both readings, and nothing in none.
 */
export class LoopDelays {
  readonly #holdsProcess: boolean;
  #watching = newHistogram();
  #resting: ELDHistogram | undefined;
  #reading: Promise<LoopDelayFigures> | undefined;
  #isStopped = false;

  /** @param options.holdsProcess whether it goes on until a reading that has begun is over */
  constructor({ holdsProcess = false } = {}) {
    this.#holdsProcess = holdsProcess;
    this.#watching.enable();
  }

  /** Of the time since the reading before, or since this began. Takes a moment; who asks meanwhile gets the same. */
  read(): Promise<LoopDelayFigures> {
    this.#reading ??= this.#takeTurns().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  stop(): void {
    this.#isStopped = true;
    this.#watching.disable();
    this.#resting?.disable();
  }

  async #takeTurns(): Promise<LoopDelayFigures> {
    const next = this.#resting ?? newHistogram();
    next.reset();
    if (!this.#isStopped) next.enable();
    for (let waits = 0; waits < MOST_WAITS && next.count === 0 && !this.#isStopped; waits++) {
      await sleep(OVERLAP_MS, undefined, { ref: this.#holdsProcess });
    }
    const read = this.#watching;
    read.disable();
    const figures = figuresOf(read);
    this.#watching = next;
    this.#resting = read;
    if (this.#isStopped) next.disable();
    return figures;
  }
}

function newHistogram(): ELDHistogram {
  return monitorEventLoopDelay({ resolution: RESOLUTION_MS });
}

/** An empty histogram has a minimum of 2^63 and a mean that is no number. */
function figuresOf(histogram: ELDHistogram): LoopDelayFigures {
  const isEmpty = histogram.count === 0;
  const delay = (intervalNs: number): number => (isEmpty ? 0 : Math.max(0, intervalNs - RESOLUTION_NS));
  return {
    minNs: delay(histogram.min),
    p50Ns: delay(histogram.percentile(50)),
    p90Ns: delay(histogram.percentile(90)),
    p99Ns: delay(histogram.percentile(99)),
    maxNs: delay(histogram.max),
    meanNs: delay(histogram.mean),
    stddevNs: isEmpty ? 0 : histogram.stddev,
  };
}
