import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type ChainEnd, type Keyring, UNKNOWN_LINK } from '@tacho/store';
import type { JournalEnds } from './journal-ends.ts';
import { JOURNAL_COLUMNS, type JournalRow, journalRow, openRow, prepared, sealRow } from './journal-rows.ts';

/** How many rows one piece looks at. */
const PIECE_ROWS = 500;

export interface JournalUpkeepOptions {
  readonly database: DatabaseSync;
  readonly keyring: Keyring;
  readonly ends: JournalEnds;
  /** How long entries are kept, of steady time. */
  readonly retentionMs: number;
  /** Past it the oldest go. */
  readonly maxEntries: number;
}

/** Lets the oldest entries go, and seals anew what is not sealed as it would be now. In the caller's transactions. */
export class JournalUpkeep {
  readonly #options: JournalUpkeepOptions;
  readonly #after: StatementSync;
  readonly #drop: StatementSync;
  readonly #reseal: StatementSync;
  /** The last position that was looked at in order to seal it anew; undefined once all have been. */
  #renewedTo: number | undefined = 0;

  constructor(options: JournalUpkeepOptions) {
    const { database } = options;
    this.#options = options;
    this.#after = prepared(
      database.prepare(
        `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE position > ? ORDER BY position LIMIT ${PIECE_ROWS}`,
      ),
    );
    this.#drop = database.prepare('DELETE FROM journal WHERE position <= ?');
    this.#reseal = database.prepare('UPDATE journal SET entry = ? WHERE position = ?');
  }

  /** Whether the entries that were there when the file was opened are sealed as they would be now. */
  get isRenewed(): boolean {
    return this.#renewedTo === undefined;
  }

  /** One short piece. @returns whether there is more to do */
  step(steadyMs: number): boolean {
    const hasDropped = this.#dropSome(steadyMs - this.#options.retentionMs);
    return this.#renewSome() || hasDropped;
  }

  #dropSome(storedBeforeMs: number): boolean {
    const { ends, maxEntries } = this.#options;
    const { start, head } = ends.get();
    if (start.position >= head.position) return false;
    const oldest = this.#rowsAfter(start.position).filter(({ position }) => position <= head.position);
    const last = this.#lastToDrop(oldest, head.position - maxEntries, storedBeforeMs);
    if (last === undefined) return false;
    this.#drop.run(last.position);
    ends.set({ start: last, head });
    return true;
  }

  /** An age that the row's seal doesn't bear out is not believed: such a row goes with a later one. */
  #lastToDrop(oldest: readonly JournalRow[], excessTo: number, storedBeforeMs: number): ChainEnd | undefined {
    let last: ChainEnd | undefined;
    for (const row of oldest) {
      const opened = openRow(row, this.#options.keyring);
      const isExcess = row.position <= excessTo;
      if (!isExcess && opened === undefined) continue;
      if (!isExcess && row.storedMs >= storedBeforeMs) break;
      last = { position: row.position, link: opened?.link ?? UNKNOWN_LINK };
    }
    return last;
  }

  /** @returns whether there is more to do */
  #renewSome(): boolean {
    if (this.#renewedTo === undefined) return false;
    const rows = this.#rowsAfter(this.#renewedTo);
    for (const row of rows) if (!this.#options.keyring.isCurrent(row.entry)) this.#renew(row);
    this.#renewedTo = rows.at(-1)?.position;
    return this.#renewedTo !== undefined;
  }

  #renew(row: JournalRow): void {
    const { keyring } = this.#options;
    const opened = openRow(row, keyring);
    if (opened === undefined) return;
    const { link, entry } = opened;
    this.#reseal.run(sealRow(row, { link, text: entry.text }, keyring), row.position);
  }

  #rowsAfter(position: number): JournalRow[] {
    return this.#after.all(position).map(journalRow);
  }
}
