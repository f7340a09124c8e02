import type { CommandClock } from '../src/environment.ts';

export const START_MS = Date.parse('2026-11-23T12:45:01.250Z');

/** Waiting takes no time: the clock jumps to the moment that is waited for, doing on the way what a test planned. */
export class VirtualClock implements CommandClock {
  /** Every moment that was waited for. */
  readonly waits: number[] = [];
  #elapsedMs = 0;
  #timeouts = new Set<AbortController>();
  readonly #plans: { momentMs: number; action: () => unknown }[] = [];

  now(): number {
    return START_MS + this.#elapsedMs;
  }

  elapsedMs(): number {
    return this.#elapsedMs;
  }

  async waitUntil(momentMs: number, signal: AbortSignal): Promise<void> {
    this.waits.push(momentMs);
    while (this.#plans[0] !== undefined && this.#plans[0].momentMs <= momentMs) {
      const plan = this.#plans.shift();
      this.advanceTo(plan?.momentMs ?? 0);
      await plan?.action();
    }
    signal.throwIfAborted();
    this.advanceTo(momentMs);
  }

  timeout(): AbortSignal {
    const controller = new AbortController();
    this.#timeouts.add(controller);
    return controller.signal;
  }

  /** Plans something for a moment that will be waited past. Plans are made in order. */
  at(momentMs: number, action: () => unknown): void {
    this.#plans.push({ momentMs, action });
  }

  advanceTo(momentMs: number): void {
    this.#elapsedMs = Math.max(this.#elapsedMs, momentMs);
  }

  /** Lets every request that is under way be late. */
  expire(): void {
    for (const controller of this.#timeouts) controller.abort(new DOMException('late', 'TimeoutError'));
  }
}
