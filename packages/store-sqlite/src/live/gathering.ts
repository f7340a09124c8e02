import type { SeenWriter } from '../rows/accepted.ts';
import { Door } from './door.ts';
import { doorAddress } from './door-address.ts';
import { knock } from './knock.ts';

/** What was stored within this is new enough: however often somebody asks, a process flushes once a second for it. */
const NEW_ENOUGH_MS = 1_000;

/** How long one that does not answer holds up an answer. */
const KNOCK_LIMIT_MS = 150;

export interface GatheringOptions {
  /** Of this process. */
  readonly writer: string;
  /** The writers that have stored something lately. May throw. */
  readonly writers: (nowMs: number) => readonly SeenWriter[];
  /** See `Door`. */
  readonly askToFlush: (id: number) => void;
}

/**
 * Has all processes that share a store flush before an answer is made of it. They are known by what they have stored,
 * so there is no list of them to keep, and knocked at, so that nothing has to be looked at while nobody asks.
 */
export class Gathering {
  readonly #options: GatheringOptions;
  readonly #door: Door | undefined;
  /** The last row of each writer that did not answer: until there is another one, it is not waited for again. */
  readonly #silent = new Map<string, number>();

  constructor(options: GatheringOptions) {
    this.#options = options;
    const address = doorAddress(options.writer);
    this.#door = address === undefined ? undefined : new Door(address, options.askToFlush);
  }

  /** Fulfilled once all have stored what they had, or have had their time. Rejects as `writers` throws. */
  async gather(nowMs: number): Promise<void> {
    const { writer: own, writers } = this.#options;
    const seen = writers(nowMs);
    const others = seen.filter(({ writer }) => writer !== own);
    this.#forgetAllBut(others);
    if (others.length === 0) return;
    // What an answer shows is stored then, and part of every other process's answers.
    const isNew = seen.some(({ writer, agoMs }) => writer === own && agoMs < NEW_ENOUGH_MS);
    const due = others.filter(
      ({ writer, last, agoMs }) => agoMs >= NEW_ENOUGH_MS && this.#silent.get(writer) !== last,
    );
    await Promise.all([isNew ? undefined : this.#askOwn(), ...due.map((other) => this.#knockAt(other))]);
  }

  flushed(id: number): void {
    this.#door?.flushed(id);
  }

  close(): void {
    this.#door?.close();
  }

  async #knockAt({ writer, last }: SeenWriter): Promise<void> {
    const address = doorAddress(writer);
    const answer = address === undefined ? 'gone' : await knock(address, KNOCK_LIMIT_MS);
    if (answer !== 'answered') this.#silent.set(writer, last);
  }

  async #askOwn(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((settle) => {
      timer = setTimeout(settle, KNOCK_LIMIT_MS);
    });
    await Promise.race([this.#door?.ask(), late]);
    clearTimeout(timer);
  }

  #forgetAllBut(others: readonly SeenWriter[]): void {
    for (const writer of this.#silent.keys())
      if (!others.some((other) => other.writer === writer)) this.#silent.delete(writer);
  }
}
