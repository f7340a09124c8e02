import type { SystemSample } from './record.ts';
import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS, SECOND_MS } from './schedule.ts';

/** Each divides the next, so thinning in stages equals thinning at once. */
export const RESOLUTIONS_MS: readonly number[] = [SECOND_MS, MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, DAY_MS];

/**
 * The host over time: at most `limit` samples, oldest first, at most one a `resolutionMs`, of which the last stays:
 * always one that was measured, never an average. Where more than `limit` come together the resolution falls, from
 * a second to a minute, ten minutes, an hour and a day; past `limit` days the oldest go. What is kept depends only
 * on what was added, so merging in any order and grouping keeps the same.
 */
export class SystemSamples {
  readonly limit: number;
  #resolutionMs = SECOND_MS;
  #samples: SystemSample[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  get resolutionMs(): number {
    return this.#resolutionMs;
  }

  /** The newest sample. */
  get latest(): SystemSample | undefined {
    return this.#samples.at(-1);
  }

  /** @param sample with valid numbers; `Window.addSample` has checked them. It is copied */
  add(sample: SystemSample): void {
    this.#insert({ ...sample });
    this.#fit();
  }

  /** Adds everything that `other` holds; associative and commutative. `other` may be these samples. */
  merge(other: SystemSamples): void {
    this.lowerResolution(other.#resolutionMs);
    for (const sample of other.#samples) this.#insert(sample);
    this.#fit();
  }

  /** Keeps the last sample of each step. What is added later is thinned no more than before. */
  thin(stepMs: number): void {
    this.#samples = this.#samples.filter((sample, index) => {
      const next = this.#samples[index + 1];
      return next === undefined || stepOf(next, stepMs) !== stepOf(sample, stepMs);
    });
  }

  /** Thins to at most one sample a `resolutionMs`, for good: what is added later too. Never raises it. */
  lowerResolution(resolutionMs: number): void {
    if (resolutionMs <= this.#resolutionMs) return;
    this.#resolutionMs = resolutionMs;
    this.thin(resolutionMs);
  }

  /** Oldest first, in an array of the caller's own. */
  list(): SystemSample[] {
    return [...this.#samples];
  }

  #insert(sample: SystemSample): void {
    const step = stepOf(sample, this.#resolutionMs);
    const index = this.#rankOf(step);
    const held = this.#samples[index];
    if (held === undefined || stepOf(held, this.#resolutionMs) !== step)
      this.#samples.splice(index, 0, sample);
    else if (compareSamples(held, sample) < 0) this.#samples[index] = sample;
  }

  /** The place of a step: of its sample, or where it would go. Mostly the end, where it looks first. */
  #rankOf(step: number): number {
    let low = 0;
    let high = this.#samples.length;
    if (high > 0 && stepOf(this.#samples[high - 1]!, this.#resolutionMs) < step) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (stepOf(this.#samples[middle]!, this.#resolutionMs) < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #fit(): void {
    while (this.#samples.length > this.limit) {
      const lower = RESOLUTIONS_MS.find((resolutionMs) => resolutionMs > this.#resolutionMs);
      if (lower === undefined) this.#samples.splice(0, this.#samples.length - this.limit);
      else this.lowerResolution(lower);
    }
  }
}

function stepOf(sample: SystemSample, stepMs: number): number {
  return floorTo(sample.timestampMs, stepMs);
}

/** By time; samples of the same time, by their figures, so that two that compare equal are alike. */
function compareSamples(a: SystemSample, b: SystemSample): number {
  return (
    a.timestampMs - b.timestampMs ||
    compareFigures(a.cpuPercent, b.cpuPercent) ||
    compareFigures(a.memoryPercent, b.memoryPercent) ||
    compareFigures(a.memoryAvailableBytes, b.memoryAvailableBytes) ||
    compareFigures(a.diskPercent, b.diskPercent) ||
    compareFigures(a.diskFreeBytes, b.diskFreeBytes)
  );
}

function compareFigures(a: number | null, b: number | null): number {
  return (a ?? -1) - (b ?? -1);
}
