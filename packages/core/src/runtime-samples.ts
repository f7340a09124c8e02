import { compareRuntimeSources, joinedRuntimeSamples, type RuntimeSample } from './runtime-sample.ts';
import { floorTo, SECOND_MS } from './schedule.ts';
import { RESOLUTIONS_MS } from './system-samples.ts';

/** Of the sources of one step, so many are told apart. */
export const MAX_SOURCES_A_STEP = 128;

/**
 * Processes over time: at most `limit` samples, of each source at most one a `resolutionMs`. What is more becomes one
 * sample, with the sums of all and the largest of each peak. Where more than `limit` come together the resolution
 * falls, as that of `SystemSamples` does. Left out, and counted by whoever adds, are the sources of a step past 128,
 * the last started first, and past `limit` days the oldest. What is kept depends only on what was added, so merging
 * in any order and grouping keeps the same and leaves out as many.
 */
export class RuntimeSamples {
  readonly limit: number;
  #resolutionMs = SECOND_MS;
  /** In the order of `comparePlaces`. They never change, so that several lists may share them. */
  #samples: RuntimeSample[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  get resolutionMs(): number {
    return this.#resolutionMs;
  }

  /**
   * @param sample with valid numbers; `Window.addRuntimeSample` has checked them. It is copied
   * @returns how many samples were left out for it
   */
  add(sample: RuntimeSample): number {
    return this.#insert({ ...sample }) + this.#fit();
  }

  /** Adds everything that `other` holds; associative and commutative. @returns how many samples were left out */
  merge(other: RuntimeSamples): number {
    let leftOut = this.lowerResolution(other.#resolutionMs);
    for (const sample of other.list()) leftOut += this.#insert(sample);
    return leftOut + this.#fit();
  }

  /** To one sample of a source a `resolutionMs`, for good. Never raises it. @returns how many samples were left out */
  lowerResolution(resolutionMs: number): number {
    if (resolutionMs <= this.#resolutionMs) return 0;
    const samples = this.#samples;
    this.#resolutionMs = resolutionMs;
    this.#samples = [];
    return samples.reduce((leftOut, sample) => leftOut + this.#insert(sample), 0);
  }

  /** Oldest step first, and in a step the earliest started process; in an array of the caller's own. */
  list(): RuntimeSample[] {
    return [...this.#samples];
  }

  #insert(sample: RuntimeSample): number {
    const place = this.#rankOf(sample);
    const held = this.#samples[place];
    if (held !== undefined && this.#comparePlaces(held, sample) === 0) {
      this.#samples[place] = joinedRuntimeSamples(held, sample);
      return 0;
    }
    this.#samples.splice(place, 0, sample);
    return this.#trimStep(this.#stepOf(sample), place);
  }

  /** Where a sample is, or would go. Mostly the end, where it looks first. */
  #rankOf(sample: RuntimeSample): number {
    let low = 0;
    let high = this.#samples.length;
    if (high > 0 && this.#comparePlaces(this.#samples[high - 1]!, sample) < 0) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#comparePlaces(this.#samples[middle]!, sample) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param place of any sample of the step */
  #trimStep(step: number, place: number): number {
    let first = place;
    while (first > 0 && this.#stepOf(this.#samples[first - 1]!) === step) first--;
    const past = this.#samples[first + MAX_SOURCES_A_STEP];
    if (past === undefined || this.#stepOf(past) !== step) return 0;
    this.#samples.splice(first + MAX_SOURCES_A_STEP, 1);
    return past.samples;
  }

  #fit(): number {
    let leftOut = 0;
    while (this.#samples.length > this.limit) {
      const lower = RESOLUTIONS_MS.find((resolutionMs) => resolutionMs > this.#resolutionMs);
      leftOut += lower === undefined ? this.#dropOldest() : this.lowerResolution(lower);
    }
    return leftOut;
  }

  /** Of the oldest step, the last started source: those that stay are the same, whatever was added first. */
  #dropOldest(): number {
    const [oldest] = this.#samples;
    if (oldest === undefined) return 0;
    const step = this.#stepOf(oldest);
    const next = this.#samples.findIndex((sample) => this.#stepOf(sample) !== step);
    const [dropped] = this.#samples.splice((next < 0 ? this.#samples.length : next) - 1, 1);
    return dropped?.samples ?? 0;
  }

  #comparePlaces(a: RuntimeSample, b: RuntimeSample): number {
    return this.#stepOf(a) - this.#stepOf(b) || compareRuntimeSources(a, b);
  }

  #stepOf(sample: RuntimeSample): number {
    return floorTo(sample.timestampMs, this.#resolutionMs);
  }
}
