import type { Clock } from '@tacho/core';
import { nextTurn } from '@tacho/store';
import type { AlertMemory } from './alert-memory.ts';
import type { NotifierStatus } from './desk.ts';
import type { Teller } from './incident-message.ts';
import { tell } from './incidents.ts';
import type { KeptMemory } from './kept-memory.ts';
import type { KeptSilences } from './kept-silences.ts';
import type { AlertMessage } from './message.ts';
import type { AlertPast, Reading } from './reading.ts';
import type { Rule } from './rule.ts';
import { type RuleReadings, step } from './state.ts';
import { EVALUATE_EVERY_MS, SLACK_MS } from './watched-time.ts';

/** As much of an outbox as is needed. Nothing of it throws or rejects. */
export interface Sender {
  post(
    message: AlertMessage,
    options: {
      /** The names of notifiers that have it already. */
      readonly except: readonly string[];
      readonly onSettled: (notifier: string, posted: string) => void;
    },
  ): Promise<unknown>;
  status(): readonly NotifierStatus[];
}

export interface EvaluationOptions {
  readonly rules: readonly Rule[];
  readonly readRule: (rule: Rule, past: AlertPast, nowMs: number) => Promise<readonly Reading[]>;
  /** Of all processes that share the store. `beginMoment` is called before each evaluation. */
  readonly past: AlertPast & { beginMoment(): void };
  readonly memory: KeptMemory;
  readonly silences: KeptSilences;
  readonly sender: Sender;
  readonly teller: Teller;
  readonly clock: Pick<Clock, 'now'>;
  /** Told why a rule could not be read, or the state not be written. Must not throw. */
  readonly onError: (what: string, error: unknown) => void;
}

/**
 * What the leader does for all that share a store: evaluates the rules, remembers what that comes to, and has told
 * whom that is to be told. A message is handed over only once it is remembered, and is forgotten only once it was
 * sent or given up: so it may be sent twice where a process is killed in between, with the same id, and never not at
 * all. Never throws or rejects.
 */
export class Evaluation {
  readonly #options: EvaluationOptions;
  /** The ids of messages that were handed over here. */
  readonly #posted = new Set<string>();
  /** What notifiers are done with, and is not stored yet. */
  readonly #settled = new Set<Settled>();
  #running: Promise<void> | undefined;
  #noting: Promise<unknown> = Promise.resolve();
  #lastMs: number | undefined;
  #isStopped = false;

  constructor(options: EvaluationOptions) {
    this.#options = options;
  }

  /** Evaluates unless it is too early, or the last evaluation is not over. To be called by the leader, and often. */
  async evaluateIfDue(): Promise<void> {
    const nowMs = this.#options.clock.now();
    const sinceMs = nowMs - (this.#lastMs ?? Number.NEGATIVE_INFINITY);
    const isEarly = sinceMs >= 0 && sinceMs < EVALUATE_EVERY_MS - SLACK_MS;
    if (this.#isStopped || this.#running !== undefined || isEarly) return;
    this.#lastMs = nowMs;
    this.#running = this.#evaluate(nowMs).catch((error: unknown) =>
      this.#options.onError('alerts could not be evaluated', error),
    );
    await this.#running;
    this.#running = undefined;
  }

  /** Nothing is begun from here on. */
  stop(): void {
    this.#isStopped = true;
  }

  async #evaluate(nowMs: number): Promise<void> {
    const { silences, teller } = this.#options;
    const found = await this.#readRules(nowMs);
    if (this.#isStopped) return;
    const quiet = await silences.at(nowMs);
    const memory = await this.#update((before) => tell(step(before, found, nowMs), quiet, teller).memory);
    if (memory !== undefined && !this.#isStopped) this.#post(memory);
  }

  /** Stores a change, and with it what notifiers are done with by now. */
  async #update(change: (before: AlertMemory) => AlertMemory): Promise<AlertMemory | undefined> {
    const { memory, sender } = this.#options;
    const settled = [...this.#settled];
    const notifiers = sender.status();
    const stored = await memory.update((before) => withoutDone({ ...change(before), notifiers }, settled));
    if (stored !== undefined) for (const each of settled) this.#settled.delete(each);
    return stored;
  }

  /** One rule a turn: none of them may hold the event loop for another. */
  async #readRules(nowMs: number): Promise<readonly RuleReadings[]> {
    const { rules, readRule, past, onError } = this.#options;
    past.beginMoment();
    const found: RuleReadings[] = [];
    for (const rule of rules) {
      await nextTurn();
      if (this.#isStopped) break;
      const readings = await readRule(rule, past, nowMs).catch((error: unknown) => {
        onError(`the rule "${rule.name}" could not be read`, error);
        return undefined;
      });
      found.push({ rule, readings: readings?.filter(({ isBreached }) => isBreached) });
    }
    return found;
  }

  #post({ unsent }: AlertMemory): void {
    const { sender } = this.#options;
    for (const id of this.#posted)
      if (!unsent.some(({ message }) => message.id === id)) this.#posted.delete(id);
    for (const { message, doneBy } of unsent) {
      if (this.#posted.has(message.id)) continue;
      this.#posted.add(message.id);
      void sender.post(message, {
        except: doneBy,
        onSettled: (notifier, posted) => {
          if (posted !== 'stopped') this.#settle(message.id, notifier);
        },
      });
    }
  }

  /** Noted at once, so that no process that comes after this one sends it again; or else at the next evaluation. */
  #settle(id: string, notifier: string): void {
    this.#settled.add({ id, notifier });
    this.#noting = this.#noting
      .then(() => (this.#settled.size === 0 ? undefined : this.#update((before) => before)))
      .catch((error: unknown) =>
        this.#options.onError('it could not be noted that an alert was sent', error),
      );
  }
}

/** A notifier that is done with a message. */
interface Settled {
  readonly id: string;
  readonly notifier: string;
}

/** Without the messages that every notifier is done with: one that nobody has to send is. */
function withoutDone(memory: AlertMemory, settled: readonly Settled[]): AlertMemory {
  const unsent = memory.unsent
    .map(({ message, doneBy }) => {
      const nowDone = settled.filter(({ id }) => id === message.id).map(({ notifier }) => notifier);
      return { message, doneBy: [...new Set([...doneBy, ...nowDone])] };
    })
    .filter(({ doneBy }) => !memory.notifiers.every(({ name }) => doneBy.includes(name)));
  return { ...memory, unsent };
}
