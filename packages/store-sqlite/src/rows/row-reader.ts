import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Keyring } from '@tacho/store';
import { DamagedRow, isDatabaseError } from './damaged-row.ts';
import type { ListedRow } from './row-lists.ts';
import { type Part, partPlace, ROW_SCHEMA, type RowStamp, stampBytes } from './stored-row.ts';

const STAMP =
  'level, minute, writer, sequence, overrun, rolled, stored, schema, checksum, users IS NULL AS userless';

/** A row that was checked. */
export interface CheckedRow {
  readonly id: number;
  readonly stamp: RowStamp;
}

/** And those of its parts that were asked for. `users` is missing where the row has none. */
export interface OpenedRow extends CheckedRow {
  readonly parts: Readonly<Partial<Record<Part, Uint8Array>>>;
}

/** Reads rows, and makes sure that each is what was stored, where it was stored. */
export class RowReader {
  readonly #database: DatabaseSync;
  readonly #keyring: Keyring;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, keyring: Keyring) {
    this.#database = database;
    this.#keyring = keyring;
  }

  /** @throws DamagedRow, also where it is not the row that was listed */
  open(listed: Pick<ListedRow, 'id' | 'level' | 'minuteMs'>, parts: readonly Part[]): OpenedRow {
    const { id } = listed;
    try {
      const row = this.#select(parts).get(id) ?? {};
      const stamp = this.#stampOf(row);
      if (stamp.level !== listed.level || stamp.minuteMs !== listed.minuteMs)
        throw new Error('it is elsewhere');
      return { id, stamp, parts: this.#open(row, stamp, parts) };
    } catch (error) {
      if (isDatabaseError(error)) throw error;
      throw new DamagedRow(id, error);
    }
  }

  #open(row: Record<string, unknown>, stamp: RowStamp, parts: readonly Part[]): OpenedRow['parts'] {
    const opened: Partial<Record<Part, Uint8Array>> = {};
    for (const part of parts) {
      const sealed = row[part];
      if (part === 'users' && !stamp.hasUsers) continue;
      if (!(sealed instanceof Uint8Array)) throw new Error(`${part} is missing`);
      opened[part] = this.#keyring.open(sealed, partPlace(part, stamp));
    }
    return opened;
  }

  #stampOf(row: Record<string, unknown>): RowStamp {
    const { level, minute, writer, sequence, overrun, rolled, stored, schema, checksum, userless } = row;
    if (schema !== ROW_SCHEMA) throw new Error('its schema is unknown');
    const stamp = {
      level,
      minuteMs: minute,
      writer,
      sequence,
      overrunMs: overrun,
      rolled: rolled !== 0,
      storedMs: stored,
      hasUsers: userless === 0,
    } as RowStamp;
    if (!(checksum instanceof Uint8Array) || !this.#keyring.verify(stampBytes(stamp), checksum))
      throw new Error('its checksum is wrong');
    return stamp;
  }

  #select(parts: readonly Part[]): StatementSync {
    const columns = [STAMP, ...parts].join(', ');
    const known = this.#statements.get(columns);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(`SELECT ${columns} FROM window WHERE id = ?`);
    this.#statements.set(columns, statement);
    return statement;
  }
}
