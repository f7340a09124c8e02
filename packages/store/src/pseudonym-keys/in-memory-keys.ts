import type { KeyPeriod } from '@tacho/core';
import { type KeyList, keyListAt, newKeyList, randomId } from './key-list.ts';
import { keyRetentionMs, type PseudonymKeys } from './pseudonym-keys.ts';
import { Pseudonyms } from './pseudonyms.ts';

/** Keys that are gone with the process, as the rows of a memory store are. */
export function inMemoryPseudonymKeys(nowMs: number, keepMs = keyRetentionMs()): PseudonymKeys {
  return new InMemoryPseudonymKeys(nowMs, keepMs);
}

class InMemoryPseudonymKeys implements PseudonymKeys {
  readonly #keepMs: number;
  readonly #pseudonyms: Pseudonyms;
  #list: KeyList;

  constructor(nowMs: number, keepMs: number) {
    this.#keepMs = keepMs;
    this.#list = newKeyList(nowMs, randomId);
    this.#pseudonyms = new Pseudonyms(this.#list.keys);
  }

  pseudonymOf(user: string): string {
    return this.#pseudonyms.of(user);
  }

  pseudonymsOf(user: string): string[] {
    return this.#pseudonyms.all(user);
  }

  periods(): KeyPeriod[] {
    return this.#pseudonyms.periods();
  }

  async refresh(nowMs: number): Promise<void> {
    const change = { nowMs, keepMs: this.#keepMs, mostHours: 1, nextId: randomId };
    const list = keyListAt(this.#list, change);
    if (list === this.#list) return;
    this.#list = list;
    this.#pseudonyms.use(list.keys);
  }
}
