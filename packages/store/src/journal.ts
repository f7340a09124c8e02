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

/** Where an entry stands in the order in which a journal is read. */
export type JournalKey = Pick<JournalEntry, 'timestampMs' | 'writer' | 'sequence'>;

/** What is wrong at one position of a journal. */
export interface JournalFault {
  /** Of the entry, counted from 1 in the order in which entries were appended. */
  readonly position: number;
  /**
   * - `changed`: this entry, or its link, is not what was appended; where a link was made to fit an edit, it is the
   *   next entry that no longer fits
   * - `missing`: it was appended, and is gone
   * - `added`: it stands where nothing was appended
   * - `hidden`: it is there, and reading does not find it
   * - `unknown head`: the head that was kept is none of this journal's
   */
  readonly kind: 'changed' | 'missing' | 'added' | 'hidden' | 'unknown head';
  /** Whose entry is there, as far as there is one. */
  readonly writer?: string;
  readonly sequence?: number;
}

export interface JournalVerification {
  /** True where nothing is wrong. */
  readonly intact: boolean;
  /** How many there are. */
  readonly entries: number;
  /** The earliest and the latest time of an entry that is intact, in epoch milliseconds. */
  readonly oldestMs: number | undefined;
  readonly newestMs: number | undefined;
  /** The end of the chain: `<position>-<link in hexadecimal>`, to be kept elsewhere. */
  readonly head: string;
  /**
   * What became of the head that was handed in: it is still in the chain (`found`), it is not (`unknown`), or what
   * it stood at was let go since, so there is no telling (`dropped`). Undefined where none was handed in.
   */
  readonly keptHead: 'found' | 'unknown' | 'dropped' | undefined;
  readonly faultCount: number;
  /** The first of them. */
  readonly faults: readonly JournalFault[];
}

/**
 * What happened, in order: the access log. Entries are added and read, never changed. A store may let the oldest go,
 * those that were appended first, at its cap or when its retention ends.
 *
 * All entries of a journal, whoever wrote them, are links of one chain: with each is stored a hash over it and over
 * the one before. Where the chain begins and ends is kept apart from the entries, so that an edit, a removal and an
 * insertion show. The chain has no secret in it. Whoever can write where the journal is stored can change an entry and
 * compute all that follows anew, remove all of it together with its ends, or put back an earlier copy: that shows only
 * to who has kept a head elsewhere.
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
   *
   * @param before only what comes after this in that order, be it there or not
   */
  read(fromMs: number, toMs: number, limit: number, before?: JournalKey): Promise<JournalEntry[]>;

  /**
   * Looks whether the chain is intact, in pieces: others are not held up, and what is appended meanwhile is looked at
   * too.
   *
   * @param head one that was given before, to see whether it is still in the chain
   */
  verify(options?: { head?: string }): Promise<JournalVerification>;

  /** Idempotent. Afterwards every other call is rejected. */
  close(): Promise<void>;
}
