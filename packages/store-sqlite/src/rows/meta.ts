import type { DatabaseSync, StatementSync } from 'node:sqlite';
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
  | 'erasures';
const FACTS: readonly Fact[] = ['steady time', 'dropped days', 'removals of names', 'erasures'];

/** Small facts about the rows, by name: JSON, sealed. One that can't be read is as good as none. */
export class Meta {
  readonly #keyring: Keyring;
  readonly #get: StatementSync;
  readonly #set: StatementSync;

  constructor(database: DatabaseSync, keyring: Keyring) {
    this.#keyring = keyring;
    this.#get = database.prepare('SELECT value FROM meta WHERE name = ?');
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
