import { HOUR_MS, MINUTE_MS } from './schedule.ts';
import type { Window } from './window.ts';

/**
 * Leaves as much detail in a window as its length is worth: of the host and of each process a sample a minute
 * where it is longer than a minute, one each ten minutes where it is longer than an hour.
 *
 * @param spanMs the length of the row that keeps it
 */
export function coarsen(window: Window, spanMs: number): void {
  if (spanMs <= MINUTE_MS) return;
  const resolutionMs = spanMs > HOUR_MS ? 10 * MINUTE_MS : MINUTE_MS;
  window.systemSamples.lowerResolution(resolutionMs);
  window.countLeftOut(window.runtimeSamples.lowerResolution(resolutionMs));
}
