import { type Clock, TachoError } from '@tacho/core';
import type { State } from './state.ts';
import { storeClosed } from './store-closed.ts';

const DEFAULT_MAX_KEYS = 10_000;

interface Held {
  readonly value: string;
  /** Epoch milliseconds; Infinity where it stays. */
  readonly expiresMs: number;
}

/** Keeps values in memory, for at most `maxKeys` keys: a further one is refused, since none may be forgotten. */
export class MemoryState implements State {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #maxKeys: number;
  readonly #held = new Map<string, Held>();
  #open = true;

  constructor({ clock, maxKeys = DEFAULT_MAX_KEYS }: { clock: Pick<Clock, 'now'>; maxKeys?: number }) {
    this.#clock = clock;
    this.#maxKeys = maxKeys;
  }

  async get(key: string): Promise<string | undefined> {
    this.#assertOpen();
    return this.#valueOf(key);
  }

  async compareAndSet(
    key: string,
    expected: string | undefined,
    next: string | undefined,
    ttlMs = Number.POSITIVE_INFINITY,
  ): Promise<boolean> {
    this.#assertOpen();
    if (this.#valueOf(key) !== expected) return false;
    if (next === undefined) this.#held.delete(key);
    else this.#set(key, { value: next, expiresMs: this.#clock.now() + ttlMs });
    return true;
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#held.clear();
  }

  #valueOf(key: string): string | undefined {
    const held = this.#held.get(key);
    return held !== undefined && this.#clock.now() < held.expiresMs ? held.value : undefined;
  }

  #set(key: string, held: Held): void {
    if (!this.#held.has(key)) this.#makeRoom();
    this.#held.set(key, held);
  }

  #makeRoom(): void {
    if (this.#held.size < this.#maxKeys) return;
    for (const key of this.#held.keys()) if (this.#valueOf(key) === undefined) this.#held.delete(key);
    if (this.#held.size < this.#maxKeys) return;
    throw new TachoError(
      'TACHO_STORE_UNAVAILABLE',
      `The memory state holds ${this.#maxKeys} keys, which is all it has room for.`,
    );
  }

  #assertOpen(): void {
    if (!this.#open) throw storeClosed('The memory state');
  }
}
