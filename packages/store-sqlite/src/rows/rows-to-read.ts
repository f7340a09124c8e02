import type { DatabaseSync } from 'node:sqlite';
import type { WindowLimits } from '@tacho/core';
import type { Keyring, SeriesQuery, StoredRange } from '@tacho/store';
import { Dictionary } from './dictionary.ts';
import { DroppedDaysList } from './dropped-days.ts';
import { Meta } from './meta.ts';
import { asOfOneMoment } from './one-moment.ts';
import { RangeReader, type ReadAnswer } from './range-reader.ts';
import { RowLists } from './row-lists.ts';
import { RowReader } from './row-reader.ts';
import { type SeriesAnswer, SeriesReader } from './series-reader.ts';

export interface RowsToReadOptions {
  readonly database: DatabaseSync;
  readonly keyring: Keyring;
  /** Of the windows that rows are merged into. */
  readonly limits: WindowLimits;
}

/** The windows in a store's file, for somebody who stores nothing there. Errors are SQLite's. */
export class RowsToRead {
  readonly #database: DatabaseSync;
  readonly #dictionary: Dictionary;
  readonly #ranges: RangeReader;
  readonly #series: SeriesReader;

  constructor({ database, keyring, limits }: RowsToReadOptions) {
    const meta = new Meta(database, keyring);
    const dictionary = new Dictionary(database, keyring, meta);
    const lists = new RowLists(database);
    const reader = new RowReader(database, keyring);
    const dropped = new DroppedDaysList(meta);
    this.#database = database;
    this.#dictionary = dictionary;
    this.#ranges = new RangeReader({ lists, reader, dictionary, dropped, meta, limits });
    this.#series = new SeriesReader({ lists, reader, dictionary });
  }

  read(range: StoredRange, nowMs: number): ReadAnswer {
    return asOfOneMoment(this.#database, this.#dictionary, () => this.#ranges.read(range, nowMs));
  }

  series(query: SeriesQuery, nowMs: number): SeriesAnswer {
    return asOfOneMoment(this.#database, this.#dictionary, () =>
      this.#series.read(query, this.#ranges.stock(nowMs), nowMs),
    );
  }
}
