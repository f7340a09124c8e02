import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Keyring } from '@tacho/store';
import { DamagedRow, isDatabaseError } from './damaged-row.ts';
import { placeOf } from './dictionary.ts';
import type { Level } from './levels.ts';
import type { Meta } from './meta.ts';
import type { RowReader } from './row-reader.ts';
import type { RowWriter } from './row-writer.ts';
import { type Part, PLAUSIBLE } from './stored-row.ts';

/** How much is looked at in one step, and how much of it is sealed anew at most. */
const LOOKED_AT = 500;
const RENEWED = 8;
const NAMES_RENEWED = 500;
const PARTS: readonly Part[] = ['head', 'endpoints', 'users'];

interface SealedRow {
  readonly id: number;
  readonly level: Level;
  readonly minuteMs: number;
  readonly keyId: Uint8Array | null;
}

/**
 * Seals anew what is not sealed as it would be now: everything, after encryption was switched on or its key changed.
 * A step is part of the caller's transaction, so that whoever is killed has done it or not. Each process looks
 * through the file once; what it has done before is quickly seen.
 */
export class Renewal {
  readonly #database: DatabaseSync;
  readonly #keyring: Keyring;
  readonly #meta: Meta;
  readonly #reader: RowReader;
  readonly #rowWriter: RowWriter;
  readonly #rowsAfter: StatementSync;
  readonly #namesAfter: StatementSync;
  #lastName = 0;
  #lastRow = 0;
  #isDone: boolean;

  constructor(options: {
    database: DatabaseSync;
    keyring: Keyring;
    meta: Meta;
    reader: RowReader;
    rowWriter: RowWriter;
  }) {
    this.#database = options.database;
    this.#keyring = options.keyring;
    this.#meta = options.meta;
    this.#reader = options.reader;
    this.#rowWriter = options.rowWriter;
    this.#isDone = !options.keyring.encrypts;
    this.#namesAfter = options.database.prepare(
      'SELECT id, name FROM endpoint WHERE id > ? ORDER BY id LIMIT ?',
    );
    this.#rowsAfter = options.database.prepare(
      `SELECT id, level, minute AS minuteMs, key_id AS keyId FROM window WHERE id > ? AND ${PLAUSIBLE} ORDER BY id LIMIT ?`,
    );
  }

  /** Whether everything that was stored when the process began is sealed as it would be now. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** @returns whether anything was done */
  step(): boolean {
    if (this.#isDone) return false;
    if (this.#lastRow === 0) this.#meta.renew();
    this.#isDone = !(this.#renewNames() || this.#renewRows());
    return true;
  }

  #renewNames(): boolean {
    const names = this.#namesAfter.all(this.#lastName, NAMES_RENEWED) as unknown as {
      id: number;
      name: Uint8Array;
    }[];
    for (const { id, name } of names) {
      if (!this.#keyring.isCurrent(name)) this.#renewName(id, name);
      this.#lastName = id;
    }
    return names.length > 0;
  }

  #renewName(id: number, sealed: Uint8Array): void {
    try {
      const name = this.#keyring.seal(this.#keyring.open(sealed, placeOf(id)), placeOf(id));
      this.#database.prepare('UPDATE endpoint SET name = ? WHERE id = ?').run(name, id);
    } catch (error) {
      if (isDatabaseError(error)) throw error;
    }
  }

  #renewRows(): boolean {
    const rows = this.#rowsAfter.all(this.#lastRow, LOOKED_AT) as unknown as SealedRow[];
    let renewed = 0;
    for (const row of rows) {
      if (!this.#isCurrent(row)) {
        if (renewed === RENEWED) return true;
        this.#renewRow(row);
        renewed++;
      }
      this.#lastRow = row.id;
    }
    return rows.length > 0;
  }

  #renewRow(row: SealedRow): void {
    try {
      const opened = this.#reader.open(row, PARTS);
      const { head, endpoints, users } = opened.parts;
      if (head !== undefined && endpoints !== undefined)
        this.#rowWriter.rewrite(opened, { head, endpoints, users });
    } catch (error) {
      if (!(error instanceof DamagedRow)) throw error;
    }
  }

  #isCurrent({ keyId }: SealedRow): boolean {
    const current = this.#keyring.currentKeyId;
    return keyId !== null && current !== undefined && Buffer.compare(keyId, current) === 0;
  }
}
