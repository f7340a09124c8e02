import { MINUTE_MS } from '@tacho/core';

/** Lets `burst` through at once, and `perMinute` a minute in the long run. */
export class TokenBucket {
  /** What one costs, in milliseconds of waiting. */
  readonly #costMs: number;
  readonly #mostMs: number;
  #savedMs: number;
  #lastMs: number;

  constructor(limits: { readonly burst: number; readonly perMinute: number; readonly nowMs: number }) {
    this.#costMs = MINUTE_MS / limits.perMinute;
    this.#mostMs = this.#costMs * limits.burst;
    this.#savedMs = this.#mostMs;
    this.#lastMs = limits.nowMs;
  }

  /** @returns whether one more may pass now. A clock that was set back fills nothing and costs nothing. */
  take(nowMs: number): boolean {
    const passedMs = Math.max(0, nowMs - this.#lastMs);
    this.#savedMs = Math.min(this.#mostMs, this.#savedMs + passedMs);
    this.#lastMs = nowMs;
    if (this.#savedMs < this.#costMs) return false;
    this.#savedMs -= this.#costMs;
    return true;
  }
}
