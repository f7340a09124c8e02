import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandClock } from './environment.ts';

export const nodeClock: CommandClock = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  async waitUntil(momentMs, signal) {
    signal.throwIfAborted();
    try {
      await sleep(Math.max(0, momentMs - performance.now()), undefined, { signal });
    } catch {
      throw signal.reason;
    }
  },
  timeout: (delayMs) => AbortSignal.timeout(delayMs),
};
