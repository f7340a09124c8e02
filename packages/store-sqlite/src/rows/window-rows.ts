import type { DatabaseSync } from 'node:sqlite';
import { decodeWindow, MINUTE_MS, packWindow, SECOND_MS, type Window, type WindowLimits } from '@tacho/core';
import type {
  Keyring,
  SeriesQuery,
  StoredRange,
  StoredSeries,
  StoredWindow,
  StoreStatus,
  WindowRow,
} from '@tacho/store';
import { inTransaction } from '../engine/transaction.ts';
import { Accepted, type SeenWriter } from './accepted.ts';
import { Dictionary } from './dictionary.ts';
import { DroppedDaysList } from './dropped-days.ts';
import { Erasure } from './erasure.ts';
import { FileSpace } from './file-space.ts';
import { Housekeeping } from './housekeeping.ts';
import { SLICE } from './levels.ts';
import { Meta } from './meta.ts';
import { asOfOneMoment } from './one-moment.ts';
import { RangeReader } from './range-reader.ts';
import { Renewal } from './renewal.ts';
import { Retention, type RetentionMs } from './retention.ts';
import { RollUp } from './roll-up.ts';
import { RowLists } from './row-lists.ts';
import { RowReader } from './row-reader.ts';
import { RowWriter } from './row-writer.ts';
import { SeriesReader } from './series-reader.ts';
import { SteadyClock } from './steady-clock.ts';
import { MAX_EPOCH_MS } from './stored-row.ts';

export type { RetentionMs } from './retention.ts';

export interface WindowRowsOptions {
  readonly database: DatabaseSync;
  readonly keyring: Keyring;
  /** Of the windows that rows are merged into. */
  readonly limits: WindowLimits;
  readonly retentionMs: RetentionMs;
  /** Of the file. */
  readonly maxBytes: number;
  /** Names this process, and this run of it. */
  readonly writer: string;
}

/** A writer stores something every ten seconds, if only that nothing happened. */
const SEEN_WITHIN_MS = 25 * SECOND_MS;

/** Part of a store's status. */
export type RowsFigures = Pick<
  StoreStatus,
  'rows' | 'bytes' | 'oldestMs' | 'newestMs' | 'overCap' | 'encryption'
>;

/**
 * The windows in a store's file. All of it is synchronous: each call is one transaction, or a few short ones. Errors
 * are SQLite's, and nothing was changed then by the transaction that failed.
 *
 * Rows of each level, together with rows of the levels below that are not yet part of one, hold every record exactly
 * once: so a range is answered by whichever levels have the fewest rows, and rolling up changes no answer.
 */
export class WindowRows {
  readonly #database: DatabaseSync;
  readonly #keyring: Keyring;
  readonly #limits: WindowLimits;
  readonly #maxBytes: number;
  readonly #accepted: Accepted;
  readonly #dictionary: Dictionary;
  readonly #steadyClock: SteadyClock;
  readonly #lists: RowLists;
  readonly #rowWriter: RowWriter;
  readonly #ranges: RangeReader;
  readonly #series: SeriesReader;
  readonly #renewal: Renewal;
  readonly #erasure: Erasure;
  readonly #space: FileSpace;
  readonly #housekeeping: Housekeeping;

  constructor(options: WindowRowsOptions) {
    const { database, keyring, limits, retentionMs } = options;
    const meta = new Meta(database, keyring);
    const lists = new RowLists(database);
    const reader = new RowReader(database, keyring);
    const rowWriter = new RowWriter(database, keyring);
    const dropped = new DroppedDaysList(meta);
    const dictionary = new Dictionary(database, keyring, meta);
    this.#database = database;
    this.#keyring = keyring;
    this.#limits = limits;
    this.#maxBytes = options.maxBytes;
    this.#accepted = new Accepted(database);
    this.#dictionary = dictionary;
    this.#steadyClock = new SteadyClock(database, meta);
    this.#lists = lists;
    this.#rowWriter = rowWriter;
    this.#ranges = new RangeReader({ lists, reader, dictionary, dropped, meta, limits });
    this.#series = new SeriesReader({ lists, reader, dictionary });
    this.#renewal = new Renewal({ database, keyring, meta, reader, rowWriter });
    this.#erasure = new Erasure({ database, reader, rowWriter, dictionary, meta, limits });
    this.#space = new FileSpace(database);
    this.#housekeeping = new Housekeeping({
      accepted: this.#accepted,
      dictionary,
      space: this.#space,
      renewal: this.#renewal,
      retention: new Retention(database, dropped, retentionMs),
      rollUp: new RollUp({ database, dictionary, reader, rowWriter, limits, writer: options.writer }),
      maxBytes: options.maxBytes,
      longestMs: Math.max(retentionMs.minute, retentionMs.hour, retentionMs.day),
    });
  }

  /**
   * As `WindowStore.append`. A row whose payload is no window counts as taken in, and is not stored.
   * @returns how many of these there were
   */
  append(rows: readonly WindowRow[], nowMs: number): number {
    return this.#write(() => {
      const storedMs = this.#steadyClock.at(nowMs);
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
    let isMore = true;
    while (isMore) {
      isMore =
        this.#write(() => this.#housekeeping.step(this.#steadyClock.at(nowMs))) ||
        this.#space.vacuum(this.#maxBytes);
      if (performance.now() >= endMs) break;
    }
    return isMore;
  }

  /** As `WindowStore.erase`, in short transactions. */
  erase(pseudonyms: readonly string[]): number {
    const users = new Set(pseudonyms);
    let changed = 0;
    for (let lastId: number | undefined = 0; lastId !== undefined; ) {
      const afterId: number = lastId;
      const step = this.#write(() => this.#erasure.step(users, afterId));
      changed += step.changed;
      lastId = step.lastId;
    }
    if (changed > 0) this.#space.truncateLog();
    return changed;
  }

  /** The writers that share the store now, as far as it shows. */
  writers(nowMs: number): SeenWriter[] {
    return this.#lookUp(() => {
      const steadyMs = this.#steadyClock.peek(nowMs);
      return this.#accepted.seenSince(steadyMs - SEEN_WITHIN_MS, steadyMs);
    });
  }

  figures(): RowsFigures {
    return {
      rows: this.#lists.count(),
      bytes: this.#space.bytes,
      oldestMs: this.#lists.oldestMs(),
      newestMs: this.#lists.newestMs(),
      overCap: this.#housekeeping.isOverCap,
      encryption: this.#keyring.encrypts ? (this.#renewal.isDone ? 'on' : 'rotating') : 'off',
    };
  }

  /** Whether everything that was stored when the process began is sealed as it would be now. */
  get isRenewed(): boolean {
    return this.#renewal.isDone;
  }

  #insert(row: WindowRow, storedMs: number): boolean {
    const window = this.#decode(row.payload);
    if (window === undefined) return false;
    const { minuteMs, spanMs, writer, sequence } = row;
    const sources = [{ writer, first: sequence, last: sequence }];
    const packed = packWindow(this.#dictionary.fit(window), this.#dictionary.at(storedMs), sources);
    const key = { level: SLICE, minuteMs, writer, sequence };
    const overrunMs = spanMs - MINUTE_MS;
    this.#rowWriter.insert({ ...key, overrunMs, rolled: false, storedMs, hasUsers: true }, packed);
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

  #write<Result>(work: () => Result): Result {
    try {
      return inTransaction(this.#database, () => {
        this.#dictionary.sync();
        return work();
      });
    } catch (error) {
      this.#dictionary.forget();
      throw error;
    }
  }

  #lookUp<Result>(work: () => Result): Result {
    return asOfOneMoment(this.#database, this.#dictionary, work);
  }
}

function isPlace({ minuteMs, spanMs, sequence }: WindowRow): boolean {
  const isWhole = (ms: number): boolean => Number.isSafeInteger(ms) && ms % MINUTE_MS === 0;
  const isInTime = minuteMs >= 0 && spanMs > 0 && minuteMs + spanMs <= MAX_EPOCH_MS;
  return isWhole(minuteMs) && isWhole(spanMs) && isInTime && Number.isSafeInteger(sequence);
}
