import type { DatabaseSync } from 'node:sqlite';
import { TachoError } from '@tacho/core';
import type { Keyring } from '@tacho/store';

/** Before the key id in hexadecimal, or `plain`. */
const PREFIX = 'sealed:';
const PRESENT = Uint8Array.of(1);
const PLAIN = `${PREFIX}plain`;

/**
 * Under which keys anything in the file may be sealed: a row of `meta` for each, written before anything is sealed
 * under it, and removed once everything has been sealed anew under another. A key's id is derived from the key, so
 * whether a file can be read with the keys given is known before anything is read or written.
 */
export class Sealings {
  readonly #database: DatabaseSync;
  readonly #keyring: Keyring;
  readonly #own: string;
  /** What others had been sealed under when the file was opened. */
  #earlier: readonly string[];

  constructor(database: DatabaseSync, keyring: Keyring) {
    this.#database = database;
    this.#keyring = keyring;
    const { currentKeyId } = keyring;
    this.#own = currentKeyId === undefined ? PLAIN : PREFIX + Buffer.from(currentKeyId).toString('hex');
    this.#earlier = this.#names().filter((name) => name !== this.#own);
  }

  /** @throws TachoError TACHO_STORE_ENCRYPTED without a key that is needed, TACHO_STORE_WRONG_KEY with others only */
  assertReadable(): void {
    for (const name of this.#names()) {
      if (name === PLAIN || this.#keyring.has(Buffer.from(name.slice(PREFIX.length), 'hex'))) continue;
      if (!this.#keyring.encrypts)
        throw new TachoError('TACHO_STORE_ENCRYPTED', 'the store is encrypted, and no key was given');
      throw new TachoError(
        'TACHO_STORE_WRONG_KEY',
        'the store, or a part of it, is encrypted with another key than those given',
      );
    }
  }

  /** To be called before anything is sealed. Writes nothing where it has been said before. */
  declare(): void {
    if (this.#names().includes(this.#own)) return;
    this.#database.prepare('INSERT OR IGNORE INTO meta (name, value) VALUES (?, ?)').run(this.#own, PRESENT);
  }

  /** Whether something may be sealed otherwise than it would be now. */
  get rotating(): boolean {
    return this.#names().some((name) => name !== this.#own);
  }

  /**
   * To be called once all that was there when the file was opened has been sealed anew. Of a process that still
   * seals under an earlier key, and says so after this, is known until the file is opened again.
   */
  forgetEarlier(): void {
    const forget = this.#database.prepare('DELETE FROM meta WHERE name = ?');
    for (const name of this.#earlier) forget.run(name);
    this.#earlier = [];
  }

  #names(): string[] {
    return this.#database
      .prepare(`SELECT name FROM meta WHERE name GLOB '${PREFIX}*'`)
      .all()
      .map(({ name }) => String(name));
  }
}
