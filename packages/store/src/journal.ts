/**
 * One line of a journal. As with windows, a writer is one run of one process, and uses no sequence twice.
 */
export interface JournalEntry {
  /** Epoch milliseconds, from 0 up. */
  readonly timestampMs: number;
  /** Printable ASCII, at most 64 characters. */
  readonly writer: string;
  /** An integer from 0. */
  readonly sequence: number;
  /** Any well-formed text, line ends and U+0000 included. What it says is the writer's affair. */
  readonly text: string;
}

/**
 * What happened, in order: the access log. Entries are added and read, never changed. A store may let the oldest go
 * at its cap or when its retention ends.
 *
 * **Errors.** Each promise is settled in bounded time. It rejects with a `TachoError` `TACHO_STORE_UNAVAILABLE`
 * where the journal can't be used now or is closed, and with nothing else.
 */
export interface Journal {
  /**
   * Adds entries. Idempotent: of entries with the same writer and sequence the first stays. After a rejection any
   * of them may have been stored; appending the same again stores the rest.
   */
  append(entries: readonly JournalEntry[]): Promise<void>;

  /**
   * At most `limit` entries from `fromMs` (included) to `toMs` (excluded), either of which may be infinite, the
   * last ones first: by time, then writer by code unit, then sequence, all descending. Every append that was
   * fulfilled before the call is in it.
   */
  read(fromMs: number, toMs: number, limit: number): Promise<JournalEntry[]>;

  /** Idempotent. Afterwards every other call is rejected. */
  close(): Promise<void>;
}
