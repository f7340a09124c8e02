import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { TachoError } from '@tacho/core';
import type { Keyring } from '@tacho/store';
import { type Cell, cellsOf } from './cells.ts';
import { KNOWN_TABLES, tableOf } from './known-tables.ts';
import type { PageSource } from './page-source.ts';
import { decodeRecord, type Value } from './record.ts';

export interface Salvaged {
  /** Rows of `window` that were read whole. */
  readonly rows: number;
  /** Rows of any table that were seen and could not be read. */
  readonly damaged: number;
}

/** The first page lists tables, and no rows of ours. */
const FIRST_PAGE = 2;
const PAGES_PER_TRANSACTION = 2000;

/**
 * Copies every row that can be read into an empty store, page by page, with no regard to how pages hang together:
 * so a damaged page costs the rows on it alone. A row is taken for what it looks like, and only where its seal fits.
 *
 * @throws TachoError `TACHO_STORE_ENCRYPTED` or `TACHO_STORE_WRONG_KEY` where that is why most can't be read
 */
export class Salvage {
  readonly #source: PageSource;
  readonly #database: DatabaseSync;
  readonly #keyring: Keyring;
  readonly #inserts: ReadonlyMap<string, StatementSync>;
  readonly #found = new Map<string, number>();
  #damaged = 0;
  #locked = 0;
  #lockedBecause: TachoError | undefined;

  constructor(source: PageSource, database: DatabaseSync, keyring: Keyring) {
    this.#source = source;
    this.#database = database;
    this.#keyring = keyring;
    this.#inserts = new Map(KNOWN_TABLES.map(({ name, insert }) => [name, database.prepare(insert)]));
  }

  run(report: (donePages: number, pages: number) => void): Salvaged {
    const { pageCount } = this.#source;
    for (let page = FIRST_PAGE; page <= pageCount; page += PAGES_PER_TRANSACTION) {
      report(page - 1, pageCount);
      this.#copyPages(page, Math.min(page + PAGES_PER_TRANSACTION, pageCount + 1));
    }
    report(pageCount, pageCount);
    const total = [...this.#found.values()].reduce((sum, count) => sum + count, 0);
    if (this.#lockedBecause !== undefined && this.#locked > total / 2) throw this.#lockedBecause;
    return { rows: this.#found.get('window') ?? 0, damaged: this.#damaged };
  }

  #copyPages(from: number, to: number): void {
    this.#database.exec('BEGIN');
    for (let page = from; page < to; page++) {
      for (const cell of cellsOf(this.#source, this.#source.page(page))) this.#copyCell(cell);
    }
    this.#database.exec('COMMIT');
  }

  #copyCell({ isOfTable, rowid, payload }: Cell): void {
    const row = payload === undefined ? undefined : decodeRecord(payload);
    if (row !== undefined) this.#copyRow(row, isOfTable, rowid);
    else if (isOfTable) this.#damaged++;
  }

  #copyRow(row: readonly Value[], isOfTable: boolean, rowid: number): void {
    const table = tableOf(row, isOfTable);
    if (table === undefined) return;
    const values = isOfTable ? [rowid, ...row.slice(1)] : row;
    try {
      if (!table.check(values, this.#keyring))
        throw new TachoError('TACHO_BAD_DATA', 'the checksum does not fit');
    } catch (error) {
      this.#countDamaged(error);
      return;
    }
    const changes = this.#inserts.get(table.name)?.run(...values).changes ?? 0;
    this.#found.set(table.name, (this.#found.get(table.name) ?? 0) + Number(changes));
  }

  #countDamaged(error: unknown): void {
    this.#damaged++;
    if (!(error instanceof TachoError) || error.code === 'TACHO_BAD_DATA') return;
    this.#locked++;
    this.#lockedBecause ??= error;
  }
}
