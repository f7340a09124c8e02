import type { EndpointStats, Window } from '@tacho/core';

/**
 * Names a row. A writer is one run of one process; it numbers its rows 0, 1, 2, … in the order in which they were
 * measured, appends them one at a time, and uses no number twice, so writer and sequence alone tell rows apart.
 * The minute comes first because rows are kept by time.
 */
export interface WindowKey {
  /** Epoch milliseconds, from 0 up: the whole minute in which the row begins. */
  readonly minuteMs: number;
  /** Printable ASCII, at most 64 characters. */
  readonly writer: string;
  /** An integer from 0. Of a coarsened row: the highest of those it was made from. */
  readonly sequence: number;
}

/** Where a row lies in time: from `minuteMs` up to, and without, `minuteMs + spanMs`. */
export interface WindowSpan {
  readonly minuteMs: number;
  /** Milliseconds; whole minutes, at least one. */
  readonly spanMs: number;
}

/** An encoded window and where it lies in time. */
export interface WindowRow extends WindowKey, WindowSpan {
  /** What `encodeWindow` gave. */
  readonly payload: Uint8Array;
}

/** How finely an answer's bounds lie, from fine to coarse: on whole minutes, hours or days (UTC). */
export type Resolution = 'minute' | 'hour' | 'day';

/** A time to be asked for. Either end may be infinite; to read up to now, give Infinity (see `History.window`). */
export interface StoredRange {
  /** Epoch milliseconds, included. */
  readonly fromMs: number;
  /** Epoch milliseconds, excluded. */
  readonly toMs: number;
  /** Rows of which the caller holds copies and does not know whether they are stored; the answer tells. */
  readonly unstored?: readonly WindowKey[];
  /** Users are much of what a store has to read. Where this is false, the answer may be without them. */
  readonly users?: boolean;
}

/** What every answer says of itself. */
export interface StoredAnswer {
  /** What is covered: what was asked for, its bounds snapped outwards to `resolution`. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The coarsest that serves a range of this length, or what is left where the finer ones were dropped. */
  readonly resolution: Resolution;
  /** Stored rows that turned out to be damaged, and are missing from the answer. */
  readonly skippedRows: number;
  /** The store could not be read in full now: what it holds beyond this process's memory is missing. */
  readonly partial: boolean;
  /** For each of `unstored`: whether it is in the answer. */
  readonly stored: readonly boolean[];
}

export interface StoredWindow extends StoredAnswer {
  /** All that was stored of the range, in one window that is the caller's own. */
  readonly window: Window;
}

export interface SeriesQuery extends StoredRange {
  /** The length of a step: whole minutes. Steps begin at whole multiples of it since the epoch. */
  readonly stepMs: number;
  /** `METHOD route`; undefined for all endpoints together. */
  readonly endpoint?: string | undefined;
}

export interface StoredStep {
  /** Epoch milliseconds: a whole multiple of the query's step. */
  readonly startMs: number;
  readonly stats: EndpointStats;
}

export interface StoredSeries extends StoredAnswer {
  /** In order of time; a step in which nothing was stored is left out. */
  readonly steps: readonly StoredStep[];
}

/** As of the last call that a store answered. */
export interface StoreStatus {
  readonly open: boolean;
  /** Where it is kept: `memory`, or the file's absolute path. */
  readonly location: string;
  /** Runs of processes, and of threads, that have stored something in the last half minute; at least this one. */
  readonly writers: number;
  readonly rows: number;
  /** What the store takes up: in memory, or on the disk. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** More than `maxBytes` are taken up and nothing is left to coarsen or to drop. */
  readonly overCap: boolean;
  /** Epoch milliseconds at which the oldest row begins; undefined without rows. */
  readonly oldestMs: number | undefined;
  /** Epoch milliseconds at which the last row in time ends; undefined without rows. */
  readonly newestMs: number | undefined;
  /** `rotating` while rows under an earlier key, or none, are being written anew. */
  readonly encryption: 'off' | 'on' | 'rotating';
  /** Why the store can't be used now, in a few words; undefined where it can. */
  readonly unavailable: string | undefined;
  /** Rows that wait in memory until the store can be written again. */
  readonly waitingRows: number;
}

/**
 * Where windows are kept. Rows are only ever added, nobody reads in order to write, and any number of writers may
 * share a store.
 *
 * **Errors.** Each promise is settled in bounded time. It rejects with a `TachoError` `TACHO_STORE_UNAVAILABLE`
 * where the store can't be used now or is closed, and with nothing else.
 *
 * **Coarsening.** As they age, rows are merged into rows of a minute, an hour and a day, by `Window.merge` and in no
 * other way. Counts never vanish by it. Rows go only by retention and by the cap, and no clock that is set, however
 * far, makes them go before their time.
 */
export interface WindowStore {
  /**
   * Adds rows, in any order of time. Idempotent: of rows with the same writer and sequence the first stays, even
   * once it was coarsened. After a rejection any of the rows may have been stored; appending the same again stores
   * the rest. The payloads may be changed once the promise is settled.
   */
  append(rows: readonly WindowRow[]): Promise<void>;

  /**
   * All rows that overlap the range, merged. They are the rows of one moment between the call and its answer: every
   * append that was fulfilled before the call is in it. Slow requests and samples of the host are cut to the range
   * that was asked for by their own times, of which a request's is its start; counts are of the answer's range.
   */
  read(range: StoredRange): Promise<StoredWindow>;

  /** The stats of each step of the range, as of one moment. */
  series(query: SeriesQuery): Promise<StoredSeries>;

  /**
   * One bounded piece of the store's housekeeping: rolls up, lets go what retention and the cap say. To be called
   * every ten seconds by one process of all that share the store.
   */
  maintain(): Promise<void>;

  /** Removes users by their pseudonyms; what they requested still counts. @returns rows that were changed */
  erase(pseudonyms: readonly string[]): Promise<number>;

  /** Never throws, also when closed. */
  status(): StoreStatus;

  /** Idempotent. Afterwards every call but `status` and `close` is rejected. */
  close(): Promise<void>;
}
