import type { Clock } from '@tacho/core';

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  nowMs: number;
  readonly #timers = new Set<{ intervalMs: number; nextMs: number; tick: () => unknown }>();

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
      const [next] = [...this.#timers].sort((a, b) => a.nextMs - b.nextMs);
      if (next === undefined || next.nextMs > endMs) break;
      this.nowMs = Math.max(this.nowMs, next.nextMs);
      next.nextMs += next.intervalMs;
      next.tick();
    }
    this.nowMs = endMs;
  }
}

/** Once all that waits for nothing but promises has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
