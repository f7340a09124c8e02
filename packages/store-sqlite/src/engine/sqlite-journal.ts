import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { JournalEntry, Keyring } from '@tacho/store';
import type { SteadyClock } from '../rows/steady-clock.ts';
import { associatedData } from './associated-data.ts';
import { inTransaction } from './transaction.ts';

/** Past it the oldest entries go. */
const MAX_ENTRIES = 50_000;

/** How many rows one piece of housekeeping looks at. */
const PIECE_ROWS = 500;

interface JournalRow {
  readonly writer: string;
  readonly sequence: number;
  readonly timestamp: number;
  readonly text: Uint8Array;
}

export interface SqliteJournalOptions {
  readonly database: DatabaseSync;
  readonly keyring: Keyring;
  readonly steady: SteadyClock;
  /** How long entries are kept, of steady time. */
  readonly retentionMs: number;
}

const COLUMNS = 'writer, sequence, timestamp, text';

/** `Journal` in the table `journal`. Texts are sealed UTF-8; one that can't be read is left out of what is read. */
export class SqliteJournal {
  readonly #database: DatabaseSync;
  readonly #keyring: Keyring;
  readonly #steady: SteadyClock;
  readonly #retentionMs: number;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  /** The last entry that was looked at in order to seal it anew; undefined once all have been. */
  #renewedTo: Pick<JournalRow, 'writer' | 'sequence'> | undefined = { writer: '', sequence: -1 };

  constructor({ database, keyring, steady, retentionMs }: SqliteJournalOptions) {
    this.#database = database;
    this.#keyring = keyring;
    this.#steady = steady;
    this.#retentionMs = retentionMs;
    this.#insert = database.prepare(
      'INSERT OR IGNORE INTO journal (writer, sequence, timestamp, stored, text) VALUES (?, ?, ?, ?, ?)',
    );
    this.#select = database.prepare(
      `SELECT ${COLUMNS} FROM journal WHERE timestamp >= ? AND timestamp < ?
       ORDER BY timestamp DESC, writer DESC, sequence DESC`,
    );
  }

  append(entries: readonly JournalEntry[], nowMs: number): void {
    inTransaction(this.#database, () => {
      const storedMs = this.#steady.at(nowMs);
      for (const entry of entries) {
        const { writer, sequence, timestampMs } = entry;
        this.#insert.run(writer, sequence, timestampMs, storedMs, this.#seal(entry));
      }
    });
  }

  read(fromMs: number, toMs: number, limit: number): JournalEntry[] {
    const entries: JournalEntry[] = [];
    if (limit <= 0) return entries;
    for (const row of this.#select.iterate(fromMs, toMs)) {
      const entry = this.#open(row as unknown as JournalRow);
      if (entry !== undefined && entries.push(entry) >= limit) break;
    }
    return entries;
  }

  /** Whether the entries that were there when the file was opened are sealed as they would be now. */
  get isRenewed(): boolean {
    return this.#renewedTo === undefined;
  }

  /** One short piece of housekeeping. @returns whether there is more to do */
  maintain(nowMs: number): boolean {
    return inTransaction(this.#database, () => {
      const dropped = this.#dropOld(this.#steady.at(nowMs)) + this.#dropExcess();
      return this.#renewSome() || dropped > 0;
    });
  }

  #dropOld(steadyMs: number): number {
    const dropped = this.#database
      .prepare(
        `DELETE FROM journal WHERE stored < ? AND (writer, sequence) IN
         (SELECT writer, sequence FROM journal ORDER BY timestamp LIMIT ${PIECE_ROWS})`,
      )
      .run(steadyMs - this.#retentionMs);
    return Number(dropped.changes);
  }

  #dropExcess(): number {
    const excess = Number(this.#database.prepare('SELECT count(*) AS n FROM journal').get()?.n) - MAX_ENTRIES;
    if (excess <= 0) return 0;
    const dropped = this.#database
      .prepare(
        `DELETE FROM journal WHERE (writer, sequence) IN
         (SELECT writer, sequence FROM journal ORDER BY timestamp LIMIT ?)`,
      )
      .run(Math.min(excess, PIECE_ROWS));
    return Number(dropped.changes);
  }

  /** @returns whether there is more to do */
  #renewSome(): boolean {
    const from = this.#renewedTo;
    if (from === undefined) return false;
    const rows = this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM journal WHERE (writer, sequence) > (?, ?) ORDER BY writer, sequence
         LIMIT ${PIECE_ROWS}`,
      )
      .all(from.writer, from.sequence) as unknown as JournalRow[];
    for (const row of rows) if (!this.#keyring.isCurrent(row.text)) this.#renew(row);
    this.#renewedTo = rows.at(-1);
    return this.#renewedTo !== undefined;
  }

  #renew(row: JournalRow): void {
    const entry = this.#open(row);
    if (entry === undefined) return;
    this.#database
      .prepare('UPDATE journal SET text = ? WHERE writer = ? AND sequence = ?')
      .run(this.#seal(entry), entry.writer, entry.sequence);
  }

  #seal(entry: JournalEntry): Uint8Array {
    return this.#keyring.seal(Buffer.from(entry.text), placeOf(entry));
  }

  #open({ writer, sequence, timestamp, text }: JournalRow): JournalEntry | undefined {
    const entry = { timestampMs: timestamp, writer, sequence };
    try {
      return { ...entry, text: Buffer.from(this.#keyring.open(text, placeOf(entry))).toString() };
    } catch {
      return undefined;
    }
  }
}

function placeOf({ writer, sequence, timestampMs }: Omit<JournalEntry, 'text'>): Uint8Array {
  return associatedData('journal', writer, sequence, timestampMs);
}
