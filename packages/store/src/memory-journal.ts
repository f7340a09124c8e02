import { AcceptedSequences } from './accepted-sequences.ts';
import { ChainCheck } from './chain-check.ts';
import type { Journal, JournalEntry, JournalKey, JournalVerification } from './journal.ts';
import { CHAIN_ORIGIN, type ChainEnd, linkAfter } from './journal-chain.ts';
import { nextTurn } from './next-turn.ts';
import { compareWriters, insertInOrder } from './row-order.ts';
import { storeClosed } from './store-closed.ts';

const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

/** What an entry takes up beside its text. */
const ENTRY_BYTES = 350;

/** How many entries are verified at once. */
const PIECE_ENTRIES = 100;

interface Chained extends ChainEnd {
  readonly entry: JournalEntry;
}

/** Keeps entries in memory. Past `maxBytes` the oldest go, and are counted. */
export class MemoryJournal implements Journal {
  readonly #maxBytes: number;
  readonly #accepted = new AcceptedSequences();
  /** In the order in which they came, each at the position after the one before. */
  readonly #chain: Chained[] = [];
  /** The last that went. */
  #start = CHAIN_ORIGIN;
  /** The same entries, in the order of time. */
  readonly #entries: JournalEntry[] = [];
  #bytes = 0;
  #dropped = 0;
  #open = true;

  constructor({ maxBytes = DEFAULT_MAX_BYTES }: { maxBytes?: number } = {}) {
    this.#maxBytes = maxBytes;
  }

  /** How many entries went for want of room. */
  get dropped(): number {
    return this.#dropped;
  }

  async append(entries: readonly JournalEntry[]): Promise<void> {
    this.#assertOpen();
    for (const entry of entries) {
      if (this.#accepted.accept(entry.writer, entry.sequence)) this.#insert({ ...entry });
    }
    this.#fit();
  }

  async read(fromMs: number, toMs: number, limit: number, before?: JournalKey): Promise<JournalEntry[]> {
    this.#assertOpen();
    const found: JournalEntry[] = [];
    for (let index = this.#entries.length - 1; index >= 0 && found.length < limit; index--) {
      const entry = this.#entries[index]!;
      if (entry.timestampMs < fromMs) break;
      const isBefore = before === undefined || compareEntries(entry, before) < 0;
      if (isBefore && entry.timestampMs < toMs) found.push({ ...entry });
    }
    return found;
  }

  async verify({ head }: { head?: string } = {}): Promise<JournalVerification> {
    const check = new ChainCheck(head);
    for (let position = 1; ; position += PIECE_ENTRIES) {
      this.#assertOpen();
      check.within({ start: this.#start, head: this.#head });
      position = Math.max(position, this.#start.position + 1);
      const from = position - this.#start.position - 1;
      for (const { entry, ...end } of this.#chain.slice(from, from + PIECE_ENTRIES))
        check.row({ ...end, writer: entry.writer, sequence: entry.sequence, entry, isFound: true });
      if (from + PIECE_ENTRIES >= this.#chain.length) return check.result();
      await nextTurn();
    }
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#entries.length = 0;
    this.#chain.length = 0;
    this.#bytes = 0;
  }

  get #head(): ChainEnd {
    return this.#chain.at(-1) ?? this.#start;
  }

  #insert(entry: JournalEntry): void {
    const { position, link } = this.#head;
    const next = position + 1;
    this.#chain.push({ position: next, link: linkAfter(link, next, entry), entry });
    insertInOrder(this.#entries, entry, compareEntries);
    this.#bytes += bytesOf(entry);
  }

  #fit(): void {
    let excess = 0;
    for (; this.#bytes > this.#maxBytes; excess++) {
      const { entry, position, link } = this.#chain[excess]!;
      this.#bytes -= bytesOf(entry);
      this.#entries.splice(this.#entries.indexOf(entry), 1);
      this.#start = { position, link };
    }
    this.#chain.splice(0, excess);
    this.#dropped += excess;
  }

  #assertOpen(): void {
    if (!this.#open) throw storeClosed('The memory journal');
  }
}

function compareEntries(a: JournalKey, b: JournalKey): number {
  return a.timestampMs - b.timestampMs || compareWriters(a.writer, b.writer) || a.sequence - b.sequence;
}

/** A character of a text takes two bytes at most. */
function bytesOf({ text }: JournalEntry): number {
  return ENTRY_BYTES + 2 * text.length;
}
