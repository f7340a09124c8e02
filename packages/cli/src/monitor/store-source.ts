import { MAX_ENDPOINTS_WITH_BUCKETS, type SlowRequests, type Trends } from '@tacho/api-contract';
import {
  endpointsPage,
  endpointsReport,
  HOUR_MS,
  SECOND_MS,
  slowRequestsReport,
  summaryReport,
  systemMetricsReport,
  trendsReport,
} from '@tacho/core';
import type { StoreReading, StoreTools } from '@tacho/store';
import { failure } from '../command-error.ts';
import type { CommandClock } from '../environment.ts';
import { type Distributions, sliceOrigin } from '../measured-slice.ts';
import { storeFailure } from '../store-failure.ts';
import { untilAborted } from '../until-aborted.ts';
import { historySteps } from './history-steps.ts';
import type { ReportSource } from './report-source.ts';
import type { Reports } from './reports.ts';

export interface StoreSourceOptions {
  /** Absolute. */
  readonly file: string;
  readonly encryptionKeys: readonly Uint8Array[];
  /** How far back reports reach. */
  readonly hours: number;
  /** How far back samples of the host and the processes reach. */
  readonly hostHours: number;
  /** For each answer. */
  readonly timeoutMs: number;
  readonly stores: Pick<StoreTools, 'read'>;
  readonly clock: CommandClock;
  /** Whether reports are to have what slices are made of. */
  readonly withDistributions: boolean;
}

/** As many as the admin API answers unless it is asked for more. */
const SLOW_REQUESTS = 20;
const MAX_SLOW_REQUESTS = 1000;
const NO_USERS = { users: false };

/** Reads a store's file, whether or not a service runs on it: the reports that the service would answer with. */
export class StoreSource implements ReportSource {
  readonly name: string;
  readonly hours: number;
  readonly #options: StoreSourceOptions;
  #reading: Promise<StoreReading> | undefined;

  constructor(options: StoreSourceOptions) {
    this.#options = options;
    this.name = options.file;
    this.hours = options.hours;
  }

  reports(stop: AbortSignal): Promise<Reports> {
    const { clock, hours, hostHours, withDistributions } = this.#options;
    return this.#read(stop, async (reading) => {
      const covered = await reading.window(...this.#last(hours), NO_USERS);
      const { window } = covered;
      const ofHost =
        hostHours === hours ? window : (await reading.window(...this.#last(hostHours), NO_USERS)).window;
      return {
        summary: summaryReport(covered, { nowMs: clock.now() }),
        endpoints: endpointsReport(window),
        slow_requests: slowRequestsReport(window, SLOW_REQUESTS),
        system_metrics: systemMetricsReport(ofHost),
        ...(withDistributions && { distributions: await this.#distributions(reading) }),
      };
    });
  }

  trends(endpoint: string | undefined, hours: number, stop: AbortSignal): Promise<Trends> {
    const nowMs = this.#options.clock.now();
    return this.#read(stop, async (reading) => {
      const [fromMs, toMs] = this.#last(hours);
      const series = await historySteps(reading, { fromMs, toMs, endpoint }, hours);
      const report = trendsReport(series, { endpoint, metric: undefined, nowMs, comparison: undefined });
      return madeOf(report);
    });
  }

  slowRequests(stop: AbortSignal): Promise<SlowRequests> {
    return this.#read(stop, async (reading) => {
      const { window } = await reading.window(...this.#last(this.hours), NO_USERS);
      return slowRequestsReport(window, MAX_SLOW_REQUESTS);
    });
  }

  async #distributions(reading: StoreReading): Promise<Distributions> {
    const sinceMs = sliceOrigin(this.#options.clock.now());
    const { window } = await reading.window(sinceMs, Number.POSITIVE_INFINITY, NO_USERS);
    const options = {
      sort: 'count',
      limit: MAX_ENDPOINTS_WITH_BUCKETS,
      withBuckets: MAX_ENDPOINTS_WITH_BUCKETS,
    } as const;
    return { sinceMs, endpoints: Object.fromEntries(madeOf(endpointsPage(window, options)).entries) };
  }

  async close(): Promise<void> {
    const reading = await this.#reading?.catch(() => undefined);
    await reading?.close();
  }

  /** Open at the end: what was measured before the clock was set back lies in the future. */
  #last(hours: number): [fromMs: number, toMs: number] {
    return [Math.max(0, this.#options.clock.now() - hours * HOUR_MS), Number.POSITIVE_INFINITY];
  }

  /** @throws `CommandError` with the exit code of what was wrong with the file */
  async #read<T>(stop: AbortSignal, work: (reading: StoreReading) => Promise<T>): Promise<T> {
    const { file, timeoutMs, clock } = this.#options;
    const late = clock.timeout(timeoutMs);
    try {
      return await untilAborted(this.#opened().then(work), AbortSignal.any([stop, late]));
    } catch (error) {
      stop.throwIfAborted();
      if (late.aborted) throw failure(`${file} can't be read: no answer within ${timeoutMs / SECOND_MS} s`);
      throw storeFailure(error, file);
    }
  }

  /** Tried again where it failed. */
  #opened(): Promise<StoreReading> {
    const { file, encryptionKeys, stores } = this.#options;
    this.#reading ??= stores.read(file, { encryptionKeys });
    const reading = this.#reading;
    reading.catch(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
    return reading;
  }
}

/** What is made in turns where others wait is made at once here. */
function madeOf<T>(making: Generator<undefined, T, undefined>): T {
  for (;;) {
    const { done, value } = making.next();
    if (done === true) return value;
  }
}
