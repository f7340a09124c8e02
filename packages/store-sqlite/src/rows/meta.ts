import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { TachoError } from '@tacho/core';
import type { Keyring } from '@tacho/store';
import { associatedData } from '../engine/associated-data.ts';
import { isDatabaseError } from './damaged-row.ts';

/** What is kept about rows. */
export type Fact =
  /** See `SteadyClock`. */
  | 'steady time'
  /** See `DroppedDaysList`. */
  | 'dropped days'
  /** Rises when names of endpoints were removed. */
  | 'removals of names'
  /** Rises when rows were rewritten under their names. */
  | 'erasures'
  /** See `JournalEnds`. */
  | 'journal ends';
const FACTS: readonly Fact[] = [
  'steady time',
  'dropped days',
  'removals of names',
  'erasures',
  'journal ends',
];

const SEALING = /^sealed:(plain|[0-9a-f]{16})$/;

/** Small facts about the rows, by name: JSON, sealed. One that can't be read is as good as none. */
export class Meta {
  readonly #keyring: Keyring;
  readonly #get: StatementSync;
  readonly #set: StatementSync;
  readonly #names: StatementSync;

  constructor(database: DatabaseSync, keyring: Keyring) {
    this.#keyring = keyring;
    this.#get = database.prepare('SELECT value FROM meta WHERE name = ?');
    this.#names = database.prepare('SELECT name FROM meta');
    this.#set = database.prepare(
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    );
  }

  get(name: Fact): unknown {
    const sealed = this.#get.get(name)?.value;
    if (!(sealed instanceof Uint8Array)) return undefined;
    try {
      return JSON.parse(Buffer.from(this.#keyring.open(sealed, associatedData('meta', name))).toString());
    } catch (error) {
      if (isDatabaseError(error)) throw error;
      return undefined;
    }
  }

  /**
   * The same, of a fact without which answers would be wrong.
   * @throws TachoError `TACHO_STORE_CORRUPT` where it can't be read, or may be what stands under a damaged name
   */
  getSurely(name: Fact): unknown {
    const value = this.get(name);
    const names = value === undefined ? this.#names.all().map((row) => String(row.name)) : [];
    const isStrange = (found: string): boolean => !isFact(found) && !isSealing(found);
    if (names.includes(name) || names.some(isStrange))
      throw new TachoError('TACHO_STORE_CORRUPT', 'what is kept about the rows is damaged');
    return value;
  }

  /** Part of the caller's transaction. */
  set(name: Fact, value: unknown): void {
    const plain = Buffer.from(JSON.stringify(value));
    this.#set.run(name, this.#keyring.seal(plain, associatedData('meta', name)));
  }

  /** Seals anew what is not sealed as it would be now. Part of the caller's transaction. */
  renew(): void {
    for (const name of FACTS) {
      const sealed = this.#get.get(name)?.value;
      if (!(sealed instanceof Uint8Array) || this.#keyring.isCurrent(sealed)) continue;
      const value = this.get(name);
      if (value !== undefined) this.set(name, value);
    }
  }
}

/** Whether a row of the table is of `Sealings`. */
export function isSealing(name: string): boolean {
  return SEALING.test(name);
}

function isFact(name: string): boolean {
  return (FACTS as readonly string[]).includes(name);
}
