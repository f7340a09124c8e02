import type { DatabaseSync } from 'node:sqlite';
import { decodeWindow, MINUTE_MS, packWindow, type Window, type WindowLimits } from '@tacho/core';
import type { Keyring, SeriesQuery, StoredRange, StoredSeries, StoredWindow, WindowRow } from '@tacho/store';
import { inTransaction } from '../engine/transaction.ts';
import { Accepted } from './accepted.ts';
import { Dictionary } from './dictionary.ts';
import { DroppedDaysList } from './dropped-days.ts';
import { SLICE } from './levels.ts';
import { Meta } from './meta.ts';
import { RangeReader } from './range-reader.ts';
import { RollUp } from './roll-up.ts';
import { RowLists } from './row-lists.ts';
import { RowReader } from './row-reader.ts';
import { RowWriter } from './row-writer.ts';
import { SeriesReader } from './series-reader.ts';
import { SteadyClock } from './steady-clock.ts';

export interface WindowRowsOptions {
  readonly database: DatabaseSync;
  readonly keyring: Keyring;
  /** Of the windows that rows are merged into. */
  readonly limits: WindowLimits;
  /** Steady milliseconds for which rows of each level are kept. */
  readonly retentionMs: RetentionMs;
  /** Of the file. */
  readonly maxBytes: number;
  /** Names this process, and this run of it. */
  readonly writer: string;
}

export interface RetentionMs {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
}

/**
 * The windows in a store's file. All of it is synchronous: each call is one transaction, or a few short ones.
 *
 * Rows of each level, together with rows of the levels below that are not yet part of one, hold every record exactly
 * once: so a range is answered by whichever levels have the fewest rows, and rolling up changes no answer.
 */
export class WindowRows {
  readonly #database: DatabaseSync;
  readonly #limits: WindowLimits;
  readonly #accepted: Accepted;
  readonly #dictionary: Dictionary;
  readonly #steadyClock: SteadyClock;
  readonly #writer: RowWriter;
  readonly #ranges: RangeReader;
  readonly #series: SeriesReader;
  readonly #rollUp: RollUp;

  constructor({ database, keyring, limits, writer }: WindowRowsOptions) {
    const meta = new Meta(database, keyring);
    const lists = new RowLists(database);
    const reader = new RowReader(database, keyring);
    const dropped = new DroppedDaysList(meta);
    this.#database = database;
    this.#limits = limits;
    this.#accepted = new Accepted(database);
    this.#dictionary = new Dictionary(database, keyring, meta);
    this.#steadyClock = new SteadyClock(database, meta);
    this.#writer = new RowWriter(database, keyring);
    this.#ranges = new RangeReader({ lists, reader, dictionary: this.#dictionary, dropped, meta, limits });
    this.#series = new SeriesReader({ lists, reader, dictionary: this.#dictionary });
    this.#rollUp = new RollUp({
      database,
      dictionary: this.#dictionary,
      reader,
      rowWriter: this.#writer,
      limits,
      writer,
    });
  }

  /**
   * As `WindowStore.append`. A row whose payload is no window counts as taken in, and is not stored.
   * @returns how many of these there were
   */
  append(rows: readonly WindowRow[], nowMs: number): number {
    return this.#write(nowMs, (storedMs) => {
      let bad = 0;
      for (const row of rows) {
        if (!isPlace(row)) bad++;
        else if (this.#accepted.accept(row.writer, row.sequence, storedMs) && !this.#insert(row, storedMs))
          bad++;
      }
      return bad;
    });
  }

  read(range: StoredRange, nowMs: number): StoredWindow {
    return this.#lookUp(() => ({ ...this.#ranges.read(range, nowMs), stored: this.#whichStored(range) }));
  }

  series(query: SeriesQuery, nowMs: number): StoredSeries {
    return this.#lookUp(() => {
      const answer = this.#series.read(query, this.#ranges.stock(nowMs), nowMs);
      return { ...answer, stored: this.#whichStored(query) };
    });
  }

  /**
   * Housekeeping, in short transactions.
   * @param budgetMs after which no more is begun
   * @returns whether there is more to do
   */
  maintain(nowMs: number, budgetMs: number): boolean {
    const endMs = performance.now() + budgetMs;
    do {
      if (!this.#write(nowMs, (steadyMs) => this.#rollUp.step(steadyMs))) return false;
    } while (performance.now() < endMs);
    return true;
  }

  #insert(row: WindowRow, storedMs: number): boolean {
    const window = this.#decode(row.payload);
    if (window === undefined) return false;
    const { minuteMs, spanMs, writer, sequence } = row;
    const sources = [{ writer, first: sequence, last: sequence }];
    const packed = packWindow(this.#dictionary.fit(window), this.#dictionary.at(storedMs), sources);
    const overrunMs = spanMs - MINUTE_MS;
    const key = { level: SLICE, minuteMs, writer, sequence } as const;
    this.#writer.insert({ ...key, overrunMs, rolled: false, storedMs, hasUsers: true }, packed);
    return true;
  }

  #decode(payload: Uint8Array): Window | undefined {
    try {
      return decodeWindow(payload, this.#limits);
    } catch {
      return undefined;
    }
  }

  #whichStored({ unstored = [] }: StoredRange): boolean[] {
    return unstored.map(({ writer, sequence }) => this.#accepted.has(writer, sequence));
  }

  /** @param work is given the steady time */
  #write<Result>(nowMs: number, work: (steadyMs: number) => Result): Result {
    try {
      return inTransaction(this.#database, () => {
        this.#dictionary.sync();
        return work(this.#steadyClock.at(nowMs));
      });
    } catch (error) {
      this.#dictionary.forget();
      throw error;
    }
  }

  /** All that is read is of one moment. */
  #lookUp<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN');
    try {
      this.#dictionary.sync();
      return work();
    } finally {
      if (this.#database.isTransaction) this.#database.exec('COMMIT');
    }
  }
}

function isPlace({ minuteMs, spanMs, sequence }: WindowRow): boolean {
  const isWhole = (ms: number): boolean => Number.isSafeInteger(ms) && ms % MINUTE_MS === 0;
  return (
    isWhole(minuteMs) && minuteMs >= 0 && isWhole(spanMs) && spanMs > 0 && Number.isSafeInteger(sequence)
  );
}
