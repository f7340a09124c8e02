import { EndpointTable } from './endpoint-table.ts';
import { Failures } from './failures.ts';
import { NotMeasured } from './not-measured.ts';
import { type Origin, Origins } from './origins.ts';
import type { RequestRecord, SystemSample } from './record.ts';
import { isValidRuntimeSample, type RuntimeSample } from './runtime-sample.ts';
import { RuntimeSamples } from './runtime-samples.ts';
import { SLOW_MS, SlowRequests } from './slow-requests.ts';
import { SystemSamples } from './system-samples.ts';
import { UserTable } from './user-table.ts';
import { isValidRecord, isValidSample } from './validity.ts';

/** How much a window may hold. What is past a limit is folded or thinned as each part says, and never uncounted. */
export interface WindowLimits {
  readonly maxEndpoints: number;
  readonly maxSlowRequests: number;
  readonly maxSystemSamples: number;
  readonly maxRuntimeSamples: number;
  readonly maxUsers: number;
}

export const DEFAULT_LIMITS: WindowLimits = {
  maxEndpoints: 1000,
  maxSlowRequests: 1000,
  maxSystemSamples: 10_000,
  maxRuntimeSamples: 3000,
  maxUsers: 500,
};

/** The kind under which samples of processes are counted that a window had no room for. */
const LEFT_OUT = 'process samples';

/**
 * Everything measured in a slice of time, and the one way it is ever combined: `merge`, which is associative and
 * commutative (within `maxEndpoints`; see `EndpointTable`). Requests count in the window in which they ended.
 */
export class Window {
  readonly limits: WindowLimits;
  /** Epoch milliseconds. */
  startMs: number;
  /** Epoch milliseconds, excluded; `startMs` while the window is being recorded into. */
  endMs: number;
  readonly endpoints: EndpointTable;
  readonly slowRequests: SlowRequests;
  readonly systemSamples: SystemSamples;
  readonly runtimeSamples: RuntimeSamples;
  readonly users: UserTable;
  readonly failures = new Failures();
  readonly notMeasured = new NotMeasured();
  /** Records and samples left out because a number in them is none, is negative, or is absurdly large. */
  invalid = 0;
  readonly #mergedOrigins = new Origins();
  /** Of all that was recorded, as long as nothing else was merged. */
  #ownOrigin: Origin | undefined;

  /**
   * Without times the window is what leaves any other unchanged when merged: it starts at Infinity, ends at −Infinity.
   * @param origin of the process that records into it; what is recorded after another window was merged is of none
   */
  constructor(
    limits: WindowLimits,
    startMs = Number.POSITIVE_INFINITY,
    endMs = Number.NEGATIVE_INFINITY,
    origin?: Origin,
  ) {
    this.#ownOrigin = origin;
    this.limits = limits;
    this.startMs = startMs;
    this.endMs = endMs;
    this.endpoints = new EndpointTable(limits.maxEndpoints);
    this.slowRequests = new SlowRequests(limits.maxSlowRequests);
    this.systemSamples = new SystemSamples(limits.maxSystemSamples);
    this.runtimeSamples = new RuntimeSamples(limits.maxRuntimeSamples);
    this.users = new UserTable(limits.maxUsers);
  }

  /** By which kinds of processes the requests were measured: a view, to be read at once. */
  get origins(): Origins {
    if (this.#ownOrigin === undefined) return this.#mergedOrigins;
    const origins = new Origins();
    origins.addTable(this.#ownOrigin, this.endpoints);
    return origins;
  }

  /** Counts a request. Its numbers are checked here and nowhere further in. The record is not kept. */
  record(record: RequestRecord): void {
    if (!isValidRecord(record)) {
      this.invalid++;
      return;
    }
    this.endpoints.record(record);
    this.slowRequests.record(record);
    this.users.record(record);
    if (record.status >= 400 || record.durationMs > SLOW_MS) this.failures.record(record, this.#ownOrigin);
  }

  /** Adds a sample of the host. Its numbers are checked here and nowhere further in. */
  addSample(sample: SystemSample): void {
    if (isValidSample(sample)) this.systemSamples.add(sample);
    else this.invalid++;
  }

  /** Adds a sample of a process. Its numbers are checked here and nowhere further in. */
  addRuntimeSample(sample: RuntimeSample): void {
    if (isValidRuntimeSample(sample)) this.countLeftOut(this.runtimeSamples.add(sample));
    else this.invalid++;
  }

  /** Adds samples of processes, all of them valid. */
  mergeRuntimeSamples(other: RuntimeSamples): void {
    this.countLeftOut(this.runtimeSamples.merge(other));
  }

  /** Counts samples of processes that were left out. */
  countLeftOut(samples: number): void {
    if (samples > 0) this.notMeasured.count(LEFT_OUT, samples);
  }

  /** Their requests still count, but nothing is left that tells whose they were. @returns whether there was any */
  eraseUsers(pseudonyms: ReadonlySet<string>): boolean {
    let erased = this.slowRequests.eraseUsers(pseudonyms);
    for (const pseudonym of pseudonyms) erased = this.users.erase(pseudonym) || erased;
    return erased;
  }

  /** Adds everything that `other` holds. `other` is left as it was. */
  merge(other: Window): void {
    this.mergeCounts(other);
    this.slowRequests.merge(other.slowRequests);
    this.systemSamples.merge(other.systemSamples);
    this.mergeRuntimeSamples(other.runtimeSamples);
  }

  /** Adds everything but slow requests and samples, which have times of their own. `other` is left as it was. */
  mergeCounts(other: Window): void {
    this.#mergeOrigins(other.origins);
    this.failures.merge(other.failures);
    this.startMs = Math.min(this.startMs, other.startMs);
    this.endMs = Math.max(this.endMs, other.endMs);
    this.endpoints.merge(other.endpoints);
    this.users.merge(other.users);
    this.notMeasured.merge(other.notMeasured);
    this.invalid += other.invalid;
  }

  /** What was recorded before is from then on among what is merged. */
  #mergeOrigins(others: Origins): void {
    const own = this.origins;
    if (own !== this.#mergedOrigins) this.#mergedOrigins.merge(own);
    this.#ownOrigin = undefined;
    this.#mergedOrigins.merge(others);
  }
}
