import { DAY_MS } from './schedule.ts';
import { isEpochMs } from './validity.ts';

/** Which process, and which thread of it. A system gives a pid again; no two processes of one pid begin at once. */
export interface RuntimeSource {
  /** Epoch milliseconds, UTC, when the process began. */
  readonly startMs: number;
  readonly pid: number;
  /** 0 is the main thread. */
  readonly threadId: number;
}

/**
 * The Node runtime of one thread of one process. All but times and the two ids are integers: bytes, microseconds,
 * numbers of things. Memory resident and CPU time are of the whole process; everything else is of the thread.
 */
export interface RuntimeSample extends RuntimeSource {
  /** Epoch milliseconds, UTC, of the moment, which is the end of the interval. */
  readonly timestampMs: number;

  // At the moment. Of several samples together, those of the last.
  readonly uptimeUs: number;
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
  /** What the heap may grow to. */
  readonly heapLimitBytes: number;
  /** Held outside of the heap by objects in it: buffers, mostly. */
  readonly externalBytes: number;
  /** Sockets, timers and whatever else keeps the event loop going. */
  readonly activeResources: number;
  /** CPUs that the process may use. */
  readonly processors: number;

  // Over the interval since the sample before. Of several samples together, sums.
  /** How many samples these are together. */
  readonly samples: number;
  readonly intervalUs: number;
  readonly cpuUs: number;
  /** For how long the event loop was busy. */
  readonly loopActiveUs: number;
  readonly gcCount: number;
  readonly gcPauseUs: number;
  /** For how much of the interval collections were counted: less than all of it where they came too thick. */
  readonly gcWatchedUs: number;

  // Over the same interval. Of several samples together, the largest.
  readonly gcLongestUs: number;
  readonly loopDelayP50Us: number;
  readonly loopDelayP99Us: number;
  readonly loopDelayMaxUs: number;
}

/** The integers of a sample, in the order in which they are stored. */
export const MOMENTS = [
  'uptimeUs',
  'residentBytes',
  'heapUsedBytes',
  'heapLimitBytes',
  'externalBytes',
  'activeResources',
  'processors',
] as const;
export const SUMS = [
  'samples',
  'intervalUs',
  'cpuUs',
  'loopActiveUs',
  'gcCount',
  'gcPauseUs',
  'gcWatchedUs',
] as const;
export const PEAKS = ['gcLongestUs', 'loopDelayP50Us', 'loopDelayP99Us', 'loopDelayMaxUs'] as const;
export const RUNTIME_FIGURES = [...MOMENTS, ...SUMS, ...PEAKS] as const;

export type RuntimeFigures = { -readonly [Name in (typeof RUNTIME_FIGURES)[number]]: number };

/** To be filled in, by whoever reads a sample figure by figure. */
export const NO_FIGURES: Readonly<RuntimeFigures> = {
  uptimeUs: 0,
  residentBytes: 0,
  heapUsedBytes: 0,
  heapLimitBytes: 0,
  externalBytes: 0,
  activeResources: 0,
  processors: 0,
  samples: 0,
  intervalUs: 0,
  cpuUs: 0,
  loopActiveUs: 0,
  gcCount: 0,
  gcPauseUs: 0,
  gcWatchedUs: 0,
  gcLongestUs: 0,
  loopDelayP50Us: 0,
  loopDelayP99Us: 0,
  loopDelayMaxUs: 0,
};

/** The longest that a process may have run for its figures to be believed: a century. */
const MAX_UPTIME_US = 36_525 * DAY_MS * 1000;

/** Whether a sample has times, ids and no figure but integers from 0 up, and is at least one. */
export function isValidRuntimeSample(sample: RuntimeSample): boolean {
  return (
    isEpochMs(sample.timestampMs) &&
    isEpochMs(sample.startMs) &&
    isCount(sample.pid) &&
    isCount(sample.threadId) &&
    sample.samples > 0 &&
    sample.uptimeUs <= MAX_UPTIME_US &&
    RUNTIME_FIGURES.every((name) => isCount(sample[name]))
  );
}

/** Earliest started first, main threads before their workers. 0 only for the same thread of the same process. */
export function compareRuntimeSources(a: RuntimeSource, b: RuntimeSource): number {
  return a.startMs - b.startMs || a.pid - b.pid || a.threadId - b.threadId;
}

/** Two samples of one source as one; associative and commutative. */
export function joinedRuntimeSamples(a: RuntimeSample, b: RuntimeSample): RuntimeSample {
  const last = compareMoments(a, b) < 0 ? b : a;
  const joined = { ...last };
  for (const name of SUMS) joined[name] = Math.min(a[name] + b[name], Number.MAX_SAFE_INTEGER);
  for (const name of PEAKS) joined[name] = Math.max(a[name], b[name]);
  return joined;
}

/** By time; of the same time, by what is of the moment, so that it does not matter which of two that tie is kept. */
function compareMoments(a: RuntimeSample, b: RuntimeSample): number {
  const differing = MOMENTS.find((name) => a[name] !== b[name]);
  return a.timestampMs - b.timestampMs || (differing === undefined ? 0 : a[differing] - b[differing]);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
