import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ChainCheck, type JournalVerification, type Keyring, UNKNOWN_LINK } from '@tacho/store';
import type { JournalEnds } from './journal-ends.ts';
import { JOURNAL_COLUMNS, type JournalRow, journalRow, openRow, prepared } from './journal-rows.ts';

/** Whoever asks for something meanwhile waits no longer than for these. */
const PIECE_ROWS = 100;

/** Before every row that can be. */
const BEFORE_ALL = -(2n ** 63n);

export interface JournalPiecesOptions {
  readonly database: DatabaseSync;
  readonly keyring: Keyring;
  readonly ends: JournalEnds;
  /** One that was kept. */
  readonly head: string | undefined;
}

/** A verification of the journal, piece by piece, each as of one moment. Entries may be added and let go in between. */
export class JournalPieces {
  readonly #options: JournalPiecesOptions;
  readonly #check: ChainCheck;
  readonly #rows: StatementSync;
  readonly #found: StatementSync;
  #lookedTo = BEFORE_ALL;

  constructor(options: JournalPiecesOptions) {
    const { database, head } = options;
    this.#options = options;
    this.#check = new ChainCheck(head);
    this.#rows = prepared(
      database.prepare(
        `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE position > ? ORDER BY position LIMIT ${PIECE_ROWS}`,
      ),
    );
    this.#found = prepared(
      database.prepare(
        `SELECT position FROM journal INDEXED BY journal_time
         WHERE timestamp = ? AND writer = ? AND sequence = ? AND position = ?`,
      ),
    );
  }

  /** @returns undefined where there is more to look at */
  next(): JournalVerification | undefined {
    const { database } = this.#options;
    database.exec('BEGIN');
    try {
      return this.#lookAtSome();
    } finally {
      database.exec('COMMIT');
    }
  }

  #lookAtSome(): JournalVerification | undefined {
    const rows = this.#rows.all(this.#lookedTo);
    this.#check.within(this.#options.ends.get());
    for (const row of rows) this.#lookAt(journalRow(row), row);
    this.#lookedTo = (rows.at(-1)?.position as bigint | undefined) ?? this.#lookedTo;
    return rows.length < PIECE_ROWS ? this.#check.result() : undefined;
  }

  /** @param found the same as it stands there: what is past all exact numbers is no longer in `row` */
  #lookAt(row: JournalRow, found: Record<string, unknown>): void {
    const place = [found.timestampMs, found.writer, found.sequence, found.position] as (
      | number
      | string
      | bigint
    )[];
    const isFound = this.#found.get(...place) !== undefined;
    const { position, writer, sequence } = row;
    const { link = UNKNOWN_LINK, entry } = openRow(row, this.#options.keyring) ?? {};
    this.#check.row({ position, writer, sequence, link, entry, isFound });
  }
}
