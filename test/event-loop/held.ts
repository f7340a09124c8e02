import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often is looked; what is told is the time since it was looked last. */
const TIMER_MS = 1;

/**
 * How long the work holds the event loop at the most, in milliseconds: by so much a timer was late. What else the
 * machine does can only add to it, so the quietest round counts; there are no more of them once one is good enough.
 */
export async function longestHoldMs(
  work: () => Promise<unknown>,
  { rounds, goodMs }: { rounds: number; goodMs: number },
): Promise<number> {
  let quietestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && quietestMs >= goodMs; round++) {
    quietestMs = Math.min(quietestMs, await holdMs(work));
  }
  return quietestMs;
}

async function holdMs(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: TIMER_MS });
  delay.enable();
  try {
    await work();
  } finally {
    delay.disable();
  }
  return delay.max / 1e6 - TIMER_MS;
}
