import { type Clock, floorTo, SECOND_MS } from '@tacho/core';

/** The first sample comes soon, so that a service just started has a health. */
const FIRST_SAMPLE_AFTER_MS = 500;
const SAMPLE_EVERY_MS = 10 * SECOND_MS;
/** Between two flushes. Processes that share a store sample at the same moment, so one entry has all of them. */
const SAMPLE_AT_MS = 5 * SECOND_MS;

export interface Sampler<Sample> {
  sample(): Promise<Sample>;
  shutdown(): Promise<void>;
}

export interface SamplingOptions<Sample> {
  /** Loads what samples, once the service is up: it is needed for nothing before. */
  readonly load: () => Promise<Sampler<Sample>>;
  readonly clock: Clock;
  readonly take: (sample: Sample) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Samples: first within two seconds, then each ten seconds on the fives. Most figures are a difference of two readings, so
 * one is taken as soon as it can be, and thrown away.
 */
export function sampleOnTheFives<Sample>(options: SamplingOptions<Sample>): { stop(): Promise<void> } {
  const { load, clock, take, failed } = options;
  let sampler: Sampler<Sample> | undefined;
  let isStopped = false;
  const sample = async (): Promise<Sample | undefined> => {
    try {
      return await sampler?.sample();
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  const after = (ms: number, work: () => Promise<void>): void => {
    stopWaiting();
    if (!isStopped) stopWaiting = clock.every(ms, work);
  };
  const tick = async (): Promise<void> => {
    const sampled = await sample();
    if (sampled !== undefined && !isStopped) take(sampled);
    after(untilNextMs(clock.now()), tick);
  };
  const begin = async (): Promise<void> => {
    stopWaiting();
    try {
      sampler = await load();
    } catch (error) {
      failed(error);
      return;
    }
    if (isStopped) return sampler.shutdown();
    await sample();
    after(FIRST_SAMPLE_AFTER_MS, tick);
  };
  let stopWaiting = clock.every(FIRST_SAMPLE_AFTER_MS, begin);
  return {
    async stop() {
      isStopped = true;
      stopWaiting();
      await sampler?.shutdown();
    },
  };
}

/** Until the next five; where that is close, as after a timer that was early, until the one after it. */
export function untilNextMs(nowMs: number): number {
  const sinceMs = nowMs - SAMPLE_AT_MS;
  const leftMs = floorTo(sinceMs, SAMPLE_EVERY_MS) + SAMPLE_EVERY_MS - sinceMs;
  return leftMs < SAMPLE_EVERY_MS / 2 ? leftMs + SAMPLE_EVERY_MS : leftMs;
}
