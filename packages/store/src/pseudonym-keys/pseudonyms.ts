import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { type KeyPeriod, keptText } from '@tacho/core';
import type { PeriodKey } from './key-list.ts';

/** Pseudonyms remembered, so that a user who comes again costs no hashing. */
const MAX_REMEMBERED = 1000;

const HEX_DIGITS = 32;

/** Ready to be used: with a key object a pseudonym costs an eighth. */
interface ReadyKey extends PeriodKey {
  readonly secret: KeyObject;
}

/**
 * Turns users' names into pseudonyms: HMAC-SHA-256 (RFC 2104) under a key that whoever has the statistics does not
 * have. A plain hash would not do: names and addresses are few enough to try them all.
 */
export class Pseudonyms {
  #keys: readonly ReadyKey[];
  #remembered = new Map<string, string>();

  /** @param keys oldest first, at least one; the last is in use */
  constructor(keys: readonly PeriodKey[]) {
    this.#keys = keys.map(readyKey);
  }

  /** From now on these. */
  use(keys: readonly PeriodKey[]): void {
    this.#keys = keys.map(readyKey);
    this.#remembered = new Map();
  }

  /** Under the key in use. */
  of(user: string): string {
    const known = this.#remembered.get(user);
    if (known !== undefined) return known;
    const pseudonym = pseudonymUnder(this.#keys.at(-1)!, user);
    const kept = keptText(user);
    // One that is cut is not remembered: it may begin as another does.
    if (kept === user) this.#remember(kept, pseudonym);
    return pseudonym;
  }

  /** Under every key. */
  all(user: string): string[] {
    return this.#keys.map((key) => pseudonymUnder(key, user));
  }

  #remember(user: string, pseudonym: string): void {
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered = new Map();
    this.#remembered.set(user, pseudonym);
  }

  /** Oldest first. */
  periods(): KeyPeriod[] {
    return this.#keys.map(({ id, createdMs, replaced }) => ({ id, fromMs: createdMs, toMs: replaced?.ms }));
  }
}

function readyKey(key: PeriodKey): ReadyKey {
  return { ...key, secret: createSecretKey(key.key) };
}

/** The key's id, and 128 bits in hexadecimal digits. */
function pseudonymUnder({ id, secret }: ReadyKey, user: string): string {
  return `${id}-${createHmac('sha256', secret).update(user).digest('hex').slice(0, HEX_DIGITS)}`;
}
