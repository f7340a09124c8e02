import type { Clock, SystemSample } from '@tacho/core';

/** The first sample comes soon, so that a service just started has a health. */
const FIRST_SAMPLE_AFTER_MS = 500;
const SAMPLE_EVERY_MS = 10_000;

export interface HostSampler {
  sample(): Promise<SystemSample>;
  shutdown(): Promise<void>;
}

export interface SamplingOptions {
  /** Loads what samples, once the service is up: it is needed for nothing before. */
  readonly load: () => Promise<HostSampler>;
  readonly clock: Clock;
  readonly take: (sample: SystemSample) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Samples the host: first within two seconds, then every ten. Busy CPU is a difference of two readings, so one is
 * taken as soon as it can be, and thrown away.
 */
export function sampleHost({ load, clock, take, failed }: SamplingOptions): { stop(): Promise<void> } {
  let sampler: HostSampler | undefined;
  let isStopped = false;
  const sample = async (): Promise<SystemSample | undefined> => {
    try {
      return await sampler?.sample();
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  const tick = async (): Promise<void> => {
    const sampled = await sample();
    if (sampled !== undefined && !isStopped) take(sampled);
  };
  const every = (ms: number, work: () => Promise<void>): void => {
    stopTicking();
    if (!isStopped) stopTicking = clock.every(ms, work);
  };
  const begin = async (): Promise<void> => {
    stopTicking();
    try {
      sampler = await load();
    } catch (error) {
      failed(error);
      return;
    }
    if (isStopped) return sampler.shutdown();
    await sample();
    every(FIRST_SAMPLE_AFTER_MS, async () => {
      every(SAMPLE_EVERY_MS, tick);
      await tick();
    });
  };
  let stopTicking = clock.every(FIRST_SAMPLE_AFTER_MS, begin);
  return {
    async stop() {
      isStopped = true;
      stopTicking();
      await sampler?.shutdown();
    },
  };
}
