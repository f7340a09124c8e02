import { harmlessly } from '../harmlessly.ts';
import { unheldTimeout } from '../unheld-timeout.ts';
import { attempt, type Connection, type Exporter } from './attempt.ts';
import { type Failure, TIMED_OUT } from './failure.ts';
import type { Turns } from './turns.ts';

/** The wait before a batch is tried again: twice the last one, between these. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A backend may ask for this much patience. */
const LONGEST_RETRY_AFTER_MS = 300_000;

export interface DeliveryOptions<Batch> {
  readonly exporter: Exporter<Batch>;
  readonly connection: Connection | undefined;
  /** For each try. */
  readonly limitMs: number;
  /** For how long a batch is tried again. */
  readonly patienceMs: number;
  /** Told of each try that came to nothing. */
  readonly failed: (failure: Failure) => void;
  /** Shared by all that export. */
  readonly turns: Turns;
  /** From 0 up to 1: keeps many processes from trying again all at once. */
  readonly random: () => number;
}

/** What became of a batch. */
export type Outcome = 'sent' | Failure['why'] | 'shutDown';

interface Wait {
  readonly timer: NodeJS.Timeout;
  readonly end: () => void;
  /** The backend has asked for it. */
  readonly isAsked: boolean;
}

/** Sends batches one after the other, and each again while there is hope. */
export class Delivery<Batch> {
  readonly #options: DeliveryOptions<Batch>;
  readonly #stopping = new AbortController();
  #lastFailure: Failure | undefined;
  /** Between two tries. */
  #wait: Wait | undefined;
  #afterTry: (() => void)[] = [];

  constructor(options: DeliveryOptions<Batch>) {
    this.#options = options;
  }

  /** What the last try came to; undefined where it was all right, and before the first. */
  get lastFailure(): Failure | undefined {
    return this.#lastFailure;
  }

  /** Not to be called again until it has settled. */
  async deliver(batch: Batch): Promise<Outcome> {
    const giveUpAt = performance.now() + this.#options.patienceMs;
    for (let tries = 0; !this.#isStopped; tries++) {
      const failure = await this.#try(batch);
      if (failure === undefined) return 'sent';
      if (this.#isStopped) break;
      if (failure.why === 'refused') return 'refused';
      const isAsked = failure.retryAfterMs !== undefined;
      const waitMs = this.#waitMs(failure, tries);
      if (!isAsked && performance.now() + waitMs > giveUpAt) return failure.why;
      await this.#pause(waitMs, isAsked);
    }
    return 'shutDown';
  }

  /**
   * Has the batch that `deliver` was given tried again now, unless the backend has asked for patience.
   * @returns whether that try, or the one under way, succeeds
   */
  async hurry(): Promise<boolean> {
    if (this.#wait?.isAsked) return false;
    this.#endWait();
    await new Promise<void>((settle) => this.#afterTry.push(settle));
    return this.#lastFailure === undefined;
  }

  /** Ends what is under way. Nothing is tried from here on. */
  stop(): void {
    harmlessly(() => this.#stopping.abort());
    harmlessly(() => this.#endWait());
    harmlessly(() => void this.#options.exporter.shutdown().catch(() => {}));
  }

  get #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #try(batch: Batch): Promise<Failure | undefined> {
    const { exporter, connection, limitMs, failed, turns } = this.#options;
    const { signal } = this.#stopping;
    if (this.#lastFailure !== undefined) await turns.silence(signal);
    const failure = this.#isStopped
      ? TIMED_OUT
      : await turns.take(() => attempt(exporter, batch, { connection, limitMs, signal }));
    this.#lastFailure = failure;
    if (failure !== undefined && !this.#isStopped) failed(failure);
    for (const tell of this.#afterTry.splice(0)) tell();
    return failure;
  }

  /** A fifth more or less; of what the backend asks for nothing less, and up to a half more. */
  #waitMs({ retryAfterMs }: Failure, tries: number): number {
    const { random } = this.#options;
    if (retryAfterMs !== undefined)
      return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) * (1 + random() / 2);
    return Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS) * (0.8 + 0.4 * random());
  }

  #pause(ms: number, isAsked: boolean): Promise<void> {
    return new Promise((end) => {
      this.#wait = { timer: unheldTimeout(() => this.#endWait(), ms), end, isAsked };
    });
  }

  #endWait(): void {
    const wait = this.#wait;
    this.#wait = undefined;
    wait?.end();
    clearTimeout(wait?.timer);
  }
}
