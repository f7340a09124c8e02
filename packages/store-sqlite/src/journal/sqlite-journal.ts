import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type JournalEntry, type JournalKey, type Keyring, linkAfter } from '@tacho/store';
import { inTransaction } from '../engine/transaction.ts';
import type { Meta } from '../rows/meta.ts';
import type { SteadyClock } from '../rows/steady-clock.ts';
import { JournalEnds } from './journal-ends.ts';
import { JournalPieces } from './journal-pieces.ts';
import { JOURNAL_COLUMNS, journalRow, openRow, prepared, sealRow } from './journal-rows.ts';
import { JournalUpkeep } from './journal-upkeep.ts';

/** About 80 MB. Past it, or past its share of what the file may take up, the oldest entries go. */
const MAX_ENTRIES = 200_000;
const ENTRY_BYTES = 400;
const SHARE = 1 / 8;

export interface SqliteJournalOptions {
  readonly database: DatabaseSync;
  readonly keyring: Keyring;
  readonly meta: Meta;
  readonly steady: SteadyClock;
  /** How long entries are kept, of steady time. */
  readonly retentionMs: number;
  /** What the file may take up. */
  readonly maxBytes: number;
}

/**
 * `Journal` in the table `journal`. Texts and links are sealed; a row that can't be read is left out of what is read.
 * The chain is over what they say, so sealing them anew leaves it as it is.
 */
export class SqliteJournal {
  readonly #options: SqliteJournalOptions;
  readonly #ends: JournalEnds;
  readonly #upkeep: JournalUpkeep;
  readonly #known: StatementSync;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #selectBefore: StatementSync;

  constructor(options: SqliteJournalOptions) {
    const { database, meta, maxBytes } = options;
    const maxEntries = Math.min(MAX_ENTRIES, Math.floor((maxBytes * SHARE) / ENTRY_BYTES));
    this.#options = options;
    this.#ends = new JournalEnds(database, meta, options.keyring);
    this.#upkeep = new JournalUpkeep({ ...options, ends: this.#ends, maxEntries });
    this.#known = database.prepare('SELECT 1 FROM journal WHERE writer = ? AND sequence = ?');
    this.#insert = database.prepare(
      `INSERT INTO journal (position, writer, sequence, timestamp, stored, entry)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#select = prepared(database.prepare(selection('')));
    this.#selectBefore = prepared(
      database.prepare(selection('AND (timestamp, writer, sequence) < (?, ?, ?)')),
    );
  }

  append(entries: readonly JournalEntry[], nowMs: number): void {
    inTransaction(this.#options.database, () => this.#append(entries, nowMs));
  }

  read(fromMs: number, toMs: number, limit: number, before?: JournalKey): JournalEntry[] {
    const entries: JournalEntry[] = [];
    if (limit <= 0) return entries;
    const rows =
      before === undefined
        ? this.#select.iterate(fromMs, toMs)
        : this.#selectBefore.iterate(fromMs, toMs, before.timestampMs, before.writer, before.sequence);
    for (const row of rows) {
      const opened = openRow(journalRow(row), this.#options.keyring);
      if (opened !== undefined && entries.push(opened.entry) >= limit) break;
    }
    return entries;
  }

  /** @param head one that was kept */
  verification(head: string | undefined): JournalPieces {
    const { database, keyring } = this.#options;
    return new JournalPieces({ database, keyring, ends: this.#ends, head });
  }

  /** Whether the entries that were there when the file was opened are sealed as they would be now. */
  get isRenewed(): boolean {
    return this.#upkeep.isRenewed;
  }

  /** One short piece of housekeeping. @returns whether there is more to do */
  maintain(nowMs: number): boolean {
    const { database, steady } = this.#options;
    return inTransaction(database, () => this.#upkeep.step(steady.at(nowMs)));
  }

  #append(entries: readonly JournalEntry[], nowMs: number): void {
    const ends = this.#ends.get();
    const storedMs = this.#options.steady.at(nowMs);
    let { link } = ends.head;
    let position = this.#ends.lastPosition(ends);
    let isLonger = false;
    for (const entry of entries) {
      const { writer, sequence, timestampMs } = entry;
      if (this.#known.get(writer, sequence) !== undefined) continue;
      isLonger = true;
      position++;
      link = linkAfter(link, position, entry);
      const place = { position, writer, sequence, timestampMs, storedMs };
      const sealed = sealRow(place, { link, text: entry.text }, this.#options.keyring);
      this.#insert.run(position, writer, sequence, timestampMs, storedMs, sealed);
    }
    if (isLonger) this.#ends.set({ start: ends.start, head: { position, link } });
  }
}

function selection(condition: string): string {
  return `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE timestamp >= ? AND timestamp < ? ${condition}
    ORDER BY timestamp DESC, writer DESC, sequence DESC`;
}
