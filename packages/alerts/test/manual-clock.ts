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

  /** Moves on, calling each tick at its time. */
  advance(durationMs: number): void {
    const endMs = this.nowMs + durationMs;
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.nextMs - b.nextMs);
      if (next === undefined || next.nextMs > endMs) break;
      this.nowMs = next.nextMs;
      next.nextMs += next.intervalMs;
      next.tick();
    }
    this.nowMs = endMs;
  }
}
