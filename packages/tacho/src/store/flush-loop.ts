import { type Clock, floorTo, SECOND_MS } from '@tacho/core';

/** How much is lost at most where a process is killed. */
const FLUSH_EVERY_MS = 10 * SECOND_MS;

const TICKS_PER_FLUSH = FLUSH_EVERY_MS / SECOND_MS;

/**
 * Flushes after a second, so that other processes of the store know of this one; then within a second of each whole
 * ten seconds, so that windows keep to their minutes; and every ten seconds where the clock stands still.
 *
 * @returns stops it
 */
export function flushOnTheTens(clock: Clock, flush: () => Promise<void>): () => void {
  let lastMs: number | undefined;
  let ticks = 0;
  return clock.every(SECOND_MS, async () => {
    const tenMs = floorTo(clock.now(), FLUSH_EVERY_MS);
    ticks++;
    if (tenMs === lastMs && ticks < TICKS_PER_FLUSH) return;
    lastMs = tenMs;
    ticks = 0;
    await flush();
  });
}
