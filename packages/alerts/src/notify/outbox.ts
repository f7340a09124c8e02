import type { Clock } from '@tacho/core';
import type { NotifierStatus, TestOutcome } from '../desk.ts';
import type { AlertMessage } from '../message.ts';
import { attempt } from './attempt.ts';
import type { Notifier } from './notifier.ts';
import { OutboxLine, type Posted } from './outbox-line.ts';

export interface OutboxOptions {
  readonly notifiers: readonly Notifier[];
  readonly clock: Clock;
  /** From 0 up to 1: keeps many processes from trying again all at once. */
  readonly random: () => number;
  /** Does what is not to be traced or measured. */
  readonly unobserved: <T>(work: () => T) => T;
  /** Told of each message that a notifier gives up, and why. Must not throw. */
  readonly onLost: (notifier: string, why: string) => void;
}

export interface PostOptions {
  /** The names of notifiers that have this message already. */
  readonly except?: readonly string[];
  /** Told of each notifier as it is done with the message. Does not throw. */
  readonly onSettled?: (notifier: string, posted: Posted) => void;
}

const TEST_LIMIT_MS = 10_000;

/**
 * Hands messages to all notifiers at once, to each in the order they were posted, and again while there is hope. One
 * that hangs or fails delays no other, and nobody who posts. Nothing here throws or rejects.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #lines: readonly {
    readonly name: string;
    readonly notifier: Notifier;
    readonly line: OutboxLine;
  }[];

  constructor(options: OutboxOptions) {
    this.#options = options;
    const names = distinct(options.notifiers.map(({ name }) => name));
    this.#lines = options.notifiers.map((notifier, index) => {
      const name = names[index] ?? notifier.name;
      const onLost = (why: string): void => options.onLost(name, why);
      return { name, notifier, line: new OutboxLine(notifier, { ...options, onLost }) };
    });
  }

  /**
   * @returns once every notifier has taken the message or has given it up: whether this outbox is done with it, so that
   * nobody has to post it again. Not where it was stopped before.
   */
  async post(message: AlertMessage, { except = [], onSettled }: PostOptions = {}): Promise<boolean> {
    const settled = this.#lines
      .filter(({ name }) => !except.includes(name))
      .map(async ({ name, line }) => {
        const posted = await line.post(message);
        onSettled?.(name, posted);
        return posted;
      });
    return (await Promise.all(settled)).every((posted) => posted !== 'stopped');
  }

  /** Sends a message past the queues, once and to all at the same time, each for at most 10 s. */
  async sendNow(message: AlertMessage): Promise<readonly TestOutcome[]> {
    return Promise.all(
      this.#lines.map(async ({ name, notifier }) => {
        const { clock, unobserved } = this.#options;
        const failure = await attempt(notifier, message, { clock, unobserved, limitMs: TEST_LIMIT_MS })
          .settled;
        return { notifier: name, failure: failure?.message };
      }),
    );
  }

  status(): readonly NotifierStatus[] {
    return this.#lines.map(({ name, line }) => ({
      name,
      lastSentMs: line.lastSentMs,
      failure: line.failure,
    }));
  }

  /** How many messages some notifier has given up, because they were too many or could not be sent. */
  get lost(): number {
    return this.#lines.reduce((sum, { line }) => sum + line.lost, 0);
  }

  /** Ends what is under way. Nothing is sent from here on. */
  stop(): void {
    for (const { line } of this.#lines) line.stop();
  }
}

/** A second one of a name becomes `name (2)`. */
function distinct(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
