import type { Clock } from '@tacho/core';
import type { AlertMessage } from '../message.ts';
import { after } from './after.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { NotSent } from './not-sent.ts';
import type { Notifier } from './notifier.ts';

/** Past these many, the oldest that waits is given up: what is new matters more. */
export const MOST_WAITING = 100;

/** The wait before a message is tried again: twice the last one, between these. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** The other side may ask for this much patience. */
const LONGEST_RETRY_AFTER_MS = 300_000;
/** For how long after it was posted a message is tried again: an older one helps nobody. */
const PATIENCE_MS = 900_000;

export interface OutboxLineOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly unobserved: <T>(work: () => T) => T;
  /** Told why a message was given up. */
  readonly onLost: (why: string) => void;
}

/** What became of a message: `lost` where it was given up, `stopped` where somebody else has to post it again. */
export type Posted = 'sent' | 'lost' | 'stopped';

interface Waiting {
  readonly message: AlertMessage;
  readonly postedMs: number;
  readonly settle: (posted: Posted) => void;
}

/** The messages for one notifier: one at a time, the oldest first, each again while there is hope. */
export class OutboxLine {
  readonly #notifier: Notifier;
  readonly #options: OutboxLineOptions;
  readonly #waiting: Waiting[] = [];
  #isStopped = false;
  #isSending = false;
  #attempt: Attempt | undefined;
  #endPause: (() => void) | undefined;
  #lastSentMs: number | undefined;
  #failure: string | undefined;
  #lost = 0;

  constructor(notifier: Notifier, options: OutboxLineOptions) {
    this.#notifier = notifier;
    this.#options = options;
  }

  get lastSentMs(): number | undefined {
    return this.#lastSentMs;
  }

  /** Why the last attempt failed; undefined where it did not. */
  get failure(): string | undefined {
    return this.#failure;
  }

  get lost(): number {
    return this.#lost;
  }

  /** Never rejects. */
  post(message: AlertMessage): Promise<Posted> {
    if (this.#isStopped) return Promise.resolve('stopped');
    return new Promise((settle) => {
      this.#waiting.push({ message, postedMs: this.#options.clock.now(), settle });
      // The first of them may be under way.
      if (this.#waiting.length > MOST_WAITING)
        this.#lose(this.#waiting.splice(1, 1), `${MOST_WAITING} others wait`);
      if (!this.#isSending) void this.#sendAll();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#attempt?.end();
    this.#endPause?.();
    for (const { settle } of this.#waiting.splice(0)) settle('stopped');
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const isSent = await this.#sendOne(first);
      if (this.#isStopped) break;
      this.#waiting.shift();
      if (isSent) first.settle('sent');
      else this.#lose([first], this.#failure ?? 'failed');
    }
    this.#isSending = false;
  }

  async #sendOne({ message, postedMs }: Waiting): Promise<boolean> {
    const { clock, unobserved } = this.#options;
    const { limitMs } = this.#notifier;
    for (let tries = 0; !this.#isStopped; tries++) {
      this.#attempt = attempt(this.#notifier, message, { clock, unobserved, limitMs });
      const failure = await this.#attempt.settled;
      this.#attempt = undefined;
      if (this.#isStopped) return false;
      this.#failure = failure?.message;
      if (failure === undefined) {
        this.#lastSentMs = clock.now();
        return true;
      }
      const waitMs = this.#waitMs(failure, tries);
      const passedMs = Math.max(0, clock.now() - postedMs);
      if (!failure.isWorthRetrying || passedMs + waitMs > PATIENCE_MS) return false;
      await this.#pause(waitMs);
    }
    return false;
  }

  /** From a half to all of it and a half; of what the other side asks for nothing less. */
  #waitMs({ retryAfterMs }: NotSent, tries: number): number {
    const random = this.#options.random();
    if (retryAfterMs !== undefined) return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) * (1 + random / 2);
    return Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS) * (0.5 + random);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((settle) => {
      const stopTimer = after(this.#options.clock, ms, settle);
      this.#endPause = () => {
        stopTimer();
        settle();
      };
    });
  }

  #lose(given: readonly Waiting[], why: string): void {
    for (const { settle } of given) {
      this.#lost++;
      settle('lost');
      this.#options.onLost(why);
    }
  }
}
