import type {
  JournalEntry,
  JournalKey,
  JournalVerification,
  SeriesQuery,
  StoredRange,
  WindowRow,
} from '@tacho/store';
import type { JournalPieces } from '../journal/journal-pieces.ts';
import type { SqliteJournal } from '../journal/sqlite-journal.ts';
import { importPending } from '../pending/import-pending.ts';
import type { SeenWriter } from '../rows/accepted.ts';
import type { SeriesAnswer, StoreFigures, StoreNotice, WindowAnswer } from '../worker/messages.ts';
import { encryptionUntilKnown } from './encryption-until-known.ts';
import type { OpenStore, OpenStoreOptions } from './open-store.ts';
import { encodeSteps } from './series-parts.ts';
import { StoreKeeper } from './store-keeper.ts';
import { encodeParts } from './window-parts.ts';

/** One piece of housekeeping: whoever asks for something meanwhile waits no longer than for the rest of it. */
const PIECE_MS = 20;

const NO_FIGURES: Omit<StoreFigures, 'encryption' | 'unavailable'> = {
  writers: 1,
  rows: 0,
  bytes: 0,
  overCap: false,
  oldestMs: undefined,
  newestMs: undefined,
};

/**
 * A store on its file: what the contracts `WindowStore`, `Journal` and `State` promise, synchronously, as the worker
 * does it. Every method is told the time, in epoch milliseconds.
 *
 * **Errors.** A `TachoError` `TACHO_STORE_UNAVAILABLE`.
 */
export class StoreEngine {
  readonly #options: OpenStoreOptions;
  readonly #tell: (notice: StoreNotice) => void;
  readonly #keeper: StoreKeeper;
  #figures: Omit<StoreFigures, 'unavailable'> | undefined;

  /** @param tell is told what an operator should hear of */
  constructor(options: OpenStoreOptions, tell: (notice: StoreNotice) => void) {
    this.#options = options;
    this.#tell = tell;
    this.#keeper = new StoreKeeper(options, tell);
  }

  /** As of the last change, or since the file was opened. */
  get figures(): StoreFigures {
    const { keyring } = this.#options;
    const figures = this.#figures ?? { ...NO_FIGURES, encryption: encryptionUntilKnown(keyring) };
    return { ...figures, unavailable: this.#keeper.unavailable };
  }

  append(nowMs: number, rows: readonly WindowRow[]): void {
    this.#change(nowMs, (store) => store.rows.append(rows, nowMs));
  }

  read(nowMs: number, range: StoredRange): WindowAnswer {
    const { window, ...answer } = this.#look(nowMs, ({ rows }) => rows.read(range, nowMs));
    return { ...answer, partial: false, parts: encodeParts(window) };
  }

  series(nowMs: number, query: SeriesQuery): SeriesAnswer {
    const { steps, ...answer } = this.#look(nowMs, ({ rows }) => rows.series(query, nowMs));
    return { ...answer, partial: false, parts: encodeSteps(steps, this.#options.limits) };
  }

  /** The writers that have stored something lately. */
  writers(nowMs: number): SeenWriter[] {
    return this.#look(nowMs, ({ rows }) => rows.writers(nowMs));
  }

  erase(nowMs: number, pseudonyms: readonly string[]): number {
    return this.#change(nowMs, ({ rows }) => rows.erase(pseudonyms));
  }

  /** A piece of housekeeping that takes its time in milliseconds. @returns whether there is more to do */
  maintain(nowMs: number): boolean {
    return this.#change(nowMs, (store) => {
      const pending = this.#importPending(store, nowMs);
      const rows = store.rows.maintain(nowMs, PIECE_MS);
      const journal = store.journal.maintain(nowMs);
      if (!pending && !rows && !journal) this.#finishRound(store, nowMs);
      return pending || rows || journal;
    });
  }

  appendJournal(nowMs: number, entries: readonly JournalEntry[]): void {
    this.#keeper.write(nowMs, ({ journal }) => journal.append(entries, nowMs));
  }

  readJournal(
    nowMs: number,
    fromMs: number,
    toMs: number,
    limit: number,
    before?: JournalKey,
  ): JournalEntry[] {
    return this.#look(nowMs, ({ journal }) => journal.read(fromMs, toMs, limit, before));
  }

  /**
   * @param head one that was kept
   * @returns looks at a short piece of the journal, again from the first where another file has taken its place;
   * after the last it gives what was found
   */
  verifyJournal(nowMs: number, head: string | undefined): () => JournalVerification | undefined {
    let looked: SqliteJournal | undefined;
    let pieces: JournalPieces | undefined;
    return () =>
      this.#look(nowMs, ({ journal }) => {
        if (pieces === undefined || looked !== journal) pieces = journal.verification(head);
        looked = journal;
        return pieces.next();
      });
  }

  getState(nowMs: number, key: string): string | undefined {
    return this.#look(nowMs, ({ state }) => state.get(key, nowMs));
  }

  setState(
    nowMs: number,
    key: string,
    expected: string | undefined,
    next: string | undefined,
    ttlMs?: number,
  ): boolean {
    const expiresMs = ttlMs === undefined ? undefined : nowMs + ttlMs;
    return this.#keeper.write(nowMs, ({ state }) =>
      state.compareAndSet(key, expected, next, expiresMs, nowMs),
    );
  }

  close(): void {
    this.#keeper.close();
  }

  #importPending({ rows }: OpenStore, nowMs: number): boolean {
    return importPending({
      storePath: this.#options.path,
      keyring: this.#options.keyring,
      append: (pending) => rows.append(pending, nowMs),
      onDamaged: (path) => this.#tell({ kind: 'pending-damaged', path }),
    });
  }

  /** Once nothing else is left to do. */
  #finishRound({ rows, journal, state, sealings }: OpenStore, nowMs: number): void {
    state.maintain(nowMs);
    if (journal.isRenewed && rows.isRenewed) sealings.forgetEarlier();
  }

  #change<Result>(nowMs: number, work: (store: OpenStore) => Result): Result {
    return this.#keeper.write(nowMs, (store) => {
      const result = work(store);
      this.#figures = this.#figuresOf(store, nowMs);
      return result;
    });
  }

  #look<Result>(nowMs: number, work: (store: OpenStore) => Result): Result {
    return this.#keeper.read(nowMs, (store) => {
      const result = work(store);
      this.#figures ??= this.#figuresOf(store, nowMs);
      return result;
    });
  }

  #figuresOf(store: OpenStore, nowMs: number): Omit<StoreFigures, 'unavailable'> {
    const writers = Math.max(1, store.rows.writers(nowMs).length);
    return { ...store.rows.figures(), writers, encryption: this.#encryption(store) };
  }

  #encryption({ sealings }: OpenStore): StoreFigures['encryption'] {
    if (!this.#options.keyring.encrypts) return 'off';
    return sealings.rotating ? 'rotating' : 'on';
  }
}
