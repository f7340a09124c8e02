/**
 * Names a row. A writer is one run of one process; it numbers its rows 0, 1, 2, … in the order in which they were
 * measured, appends them one at a time, and uses no number twice, so writer and sequence alone tell rows apart.
 * The minute comes first because rows are read by time.
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
  /** What `encodeWindow` gave; a store that does not coarsen has no need to understand it. */
  readonly payload: Uint8Array;
}

/** As of the last call that a store answered. */
export interface StoreStatus {
  readonly open: boolean;
  readonly rows: number;
  /** What the rows take up. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** More than `maxBytes` are taken up and nothing is left to coarsen. */
  readonly overCap: boolean;
  /** Epoch milliseconds at which the oldest row begins; undefined without rows. */
  readonly oldestMs: number | undefined;
  /** Epoch milliseconds at which the last row in time ends; undefined without rows. */
  readonly newestMs: number | undefined;
}

/**
 * Where windows are kept. Rows are only ever added, nobody reads in order to write, and any number of writers may
 * share a store.
 *
 * **Errors.** Each promise is settled in bounded time. It rejects with a `TachoError` `TACHO_STORE_UNAVAILABLE`
 * where the store can't be used now or is closed, and with nothing else.
 *
 * **Coarsening.** As they age, a store may merge rows of one writer that lie in the same minute once it has been
 * over for a minute, in the same hour once they are an hour old, and in the same day once they are a day old; a
 * store at its cap may do so earlier. The coarsened row has the merged window, the earliest minute, a span that
 * covers all, and the highest sequence: so to have read a row is to know that every row of its writer up to that
 * sequence was stored. Counts never vanish by it. Rows go only by `drop` and by the store's retention, and no
 * clock that is set, however far, makes them go before their time.
 */
export interface WindowStore {
  /**
   * Adds rows, in any order of time. Idempotent: of rows with the same writer and sequence the first stays, even
   * once it was coarsened. After a rejection any of the rows may have been stored; appending the same again stores
   * the rest. The payloads may be changed once the promise is settled.
   */
  append(rows: readonly WindowRow[]): Promise<void>;

  /**
   * The rows that overlap `fromMs` (included) to `toMs` (excluded), either of which may be infinite, ordered by
   * minute, then writer by code unit, then sequence. They are the rows of one moment between the call and its
   * answer: every append that was fulfilled before the call is in it. The payloads are not to be changed.
   */
  read(fromMs: number, toMs: number): Promise<WindowRow[]>;

  /**
   * Drops the rows that end at or before `beforeMs`. Idempotent.
   * @returns how many it dropped
   */
  drop(beforeMs: number): Promise<number>;

  /** Never throws, also when closed. */
  status(): StoreStatus;

  /** Idempotent. Afterwards every call but `status` and `close` is rejected. */
  close(): Promise<void>;
}
