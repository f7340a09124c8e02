import type { Clock, SystemSample } from '@tacho/core';

/** The first sample comes soon, so that a service just started has a health. */
const FIRST_SAMPLE_AFTER_MS = 500;
const SAMPLE_EVERY_MS = 10_000;

/**
 * Samples the host: first within a second, then every ten. Busy CPU is a difference of two readings, so one
 * is taken at once and thrown away.
 *
 * @returns stops it
 */
export function sampleHost(
  sample: () => Promise<SystemSample>,
  clock: Clock,
  take: (sample: SystemSample) => void,
  failed: (error: unknown) => void,
): () => void {
  const tick = async (): Promise<void> => {
    try {
      take(await sample());
    } catch (error) {
      failed(error);
    }
  };
  sample().catch(failed);
  let stop = clock.every(FIRST_SAMPLE_AFTER_MS, async () => {
    stop();
    stop = clock.every(SAMPLE_EVERY_MS, tick);
    await tick();
  });
  return () => stop();
}
