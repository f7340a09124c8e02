/// <reference path="./rate-limiter-memory.d.ts" />
import { MINUTE_MS, SECOND_MS } from '@tacho/core';
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';

/** Those who come when so many are counted share one count. */
const MAX_KEYS = 4_096;

/** Nothing that was read from a request or from the configuration has this name. */
const OVERFLOW = '\0overflow';

/** How a key stands in its minute. */
export interface Standing {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Until the minute is over; from 1 to 60. */
  readonly resetSeconds: number;
}

interface Minute {
  readonly key: string;
  readonly endsMs: number;
  /** As was told last. */
  remaining: number;
}

/**
 * So many a minute for each key; a minute begins with the first. The minutes are counted here, by a clock that is never
 * set: those of the library end by the time of day, so one that is set forward would end them all.
 */
export class KeyedLimit {
  readonly perMinute: number;
  readonly #counts: RateLimiterMemory;
  /** In the order in which they end. */
  readonly #minutes = new Map<string, Minute>();
  readonly #monotonicMs: () => number;
  #overflowed = 0;

  constructor(perMinute: number, monotonicMs: () => number) {
    this.perMinute = perMinute;
    this.#counts = new RateLimiterMemory({ points: perMinute, duration: 0, keyPrefix: '' });
    this.#monotonicMs = monotonicMs;
  }

  /** How many keys have a count of their own; the one that others share is one more. */
  get keys(): number {
    return this.#minutes.size;
  }

  /** How often one was counted with others, as there was no room for it. */
  get overflowed(): number {
    return this.#overflowed;
  }

  /** Without counting. It may be a moment behind: `count` is not. */
  standing(key: string): Standing {
    const nowMs = this.#monotonicMs();
    const minute = this.#minuteOf(key, nowMs) ?? this.#shared(nowMs);
    const remaining = minute?.remaining ?? this.perMinute;
    return this.#standing(remaining > 0, remaining, minute, nowMs);
  }

  /** Counts one, and tells whether it is within the limit. At once: only the answer takes a moment. Never rejects. */
  async count(key: string): Promise<Standing> {
    const nowMs = this.#monotonicMs();
    const minute = this.#minuteFor(key, nowMs);
    const { consumedPoints } = await this.#counts.penalty(minute.key);
    const remaining = Math.max(0, this.perMinute - consumedPoints);
    minute.remaining = Math.min(minute.remaining, remaining);
    return this.#standing(consumedPoints <= this.perMinute, remaining, minute, nowMs);
  }

  #standing(isAllowed: boolean, remaining: number, minute: Minute | undefined, nowMs: number): Standing {
    const leftMs = minute === undefined ? MINUTE_MS : minute.endsMs - nowMs;
    return { isAllowed, limit: this.perMinute, remaining, resetSeconds: Math.ceil(leftMs / SECOND_MS) };
  }

  #minuteFor(key: string, nowMs: number): Minute {
    this.#forgetSomeEnded(nowMs);
    const minute = this.#minuteOf(key, nowMs);
    if (minute !== undefined) return minute;
    if (!this.#isFull()) return this.#begin(key, nowMs);
    this.#overflowed += 1;
    return this.#shared(nowMs) ?? this.#begin(OVERFLOW, nowMs);
  }

  #begin(key: string, nowMs: number): Minute {
    const minute = { key, endsMs: nowMs + MINUTE_MS, remaining: this.perMinute };
    this.#minutes.set(key, minute);
    return minute;
  }

  /** The one that is not over yet. */
  #minuteOf(key: string, nowMs: number): Minute | undefined {
    const minute = this.#minutes.get(key);
    if (minute === undefined || nowMs < minute.endsMs) return minute;
    this.#forget(key);
    return undefined;
  }

  #shared(nowMs: number): Minute | undefined {
    return this.#isFull() ? this.#minuteOf(OVERFLOW, nowMs) : undefined;
  }

  #isFull(): boolean {
    return this.#minutes.size - Number(this.#minutes.has(OVERFLOW)) >= MAX_KEYS;
  }

  /** Two at a time, where one is added at a time: so nobody waits for thousands. */
  #forgetSomeEnded(nowMs: number): void {
    let looked = 0;
    for (const { key, endsMs } of this.#minutes.values()) {
      if (nowMs < endsMs || ++looked > 2) return;
      this.#forget(key);
    }
  }

  #forget(key: string): void {
    this.#minutes.delete(key);
    void this.#counts.delete(key);
  }
}
