import type { Clock } from '@tacho/core';

interface Timer {
  readonly intervalMs: number;
  nextMs: number;
  readonly tick: () => unknown;
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  now = (): number => this.nowMs;

  get timerCount(): number {
    return this.#timers.size;
  }

  every(intervalMs: number, tick: () => unknown): () => void {
    const timer = { intervalMs, nextMs: this.nowMs + intervalMs, tick };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Moves on, calling each tick at its time, and lets what it began come to where it waits. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.nowMs + durationMs;
    for (;;) {
      await settled();
      const next = this.#next();
      if (next === undefined || next.nextMs > endMs) break;
      this.nowMs = Math.max(this.nowMs, next.nextMs);
      next.nextMs += next.intervalMs;
      next.tick();
    }
    this.nowMs = endMs;
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (next === undefined || timer.nextMs < next.nextMs) next = timer;
    return next;
  }
}

/** Once all that waits for nothing but promises has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
