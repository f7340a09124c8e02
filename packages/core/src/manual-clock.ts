import type { Clock } from './clock.ts';

interface Timer {
  readonly intervalMs: number;
  nextMs: number;
  readonly tick: () => unknown;
}

/** A clock that stands still until it is moved: for tests. */
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

  /** Moves on, calling each tick at its time. */
  advance(durationMs: number): void {
    for (const tick of this.moving(durationMs)) tick();
  }

  /** Moves on, calling each tick at its time and waiting for it. */
  async advanceWaiting(durationMs: number): Promise<void> {
    for (const tick of this.moving(durationMs)) await tick();
  }

  /** Moves on, as far as each next tick, which is to be called before it is asked for another. */
  *moving(durationMs: number): Generator<() => unknown, void, undefined> {
    const endMs = this.nowMs + durationMs;
    for (let next = this.#next(); next !== undefined && next.nextMs <= endMs; next = this.#next()) {
      this.nowMs = Math.max(this.nowMs, next.nextMs);
      next.nextMs += next.intervalMs;
      yield next.tick;
    }
    this.nowMs = endMs;
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (next === undefined || timer.nextMs < next.nextMs) next = timer;
    return next;
  }
}
