import { AcceptedSequences } from './accepted-sequences.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { compareWriters, insertInOrder } from './row-order.ts';
import { storeClosed } from './store-closed.ts';

const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

/** What an entry takes up beside its text. */
const ENTRY_BYTES = 150;

/** Keeps entries in memory. Past `maxBytes` the oldest go, and are counted. */
export class MemoryJournal implements Journal {
  readonly #maxBytes: number;
  readonly #accepted = new AcceptedSequences();
  /** Oldest first. */
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

  async read(fromMs: number, toMs: number, limit: number): Promise<JournalEntry[]> {
    this.#assertOpen();
    const found: JournalEntry[] = [];
    for (let index = this.#entries.length - 1; index >= 0 && found.length < limit; index--) {
      const entry = this.#entries[index]!;
      if (entry.timestampMs < fromMs) break;
      if (entry.timestampMs < toMs) found.push({ ...entry });
    }
    return found;
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#entries.length = 0;
    this.#bytes = 0;
  }

  #insert(entry: JournalEntry): void {
    insertInOrder(this.#entries, entry, compareEntries);
    this.#bytes += bytesOf(entry);
  }

  #fit(): void {
    let excess = 0;
    for (; this.#bytes > this.#maxBytes; excess++) this.#bytes -= bytesOf(this.#entries[excess]!);
    this.#entries.splice(0, excess);
    this.#dropped += excess;
  }

  #assertOpen(): void {
    if (!this.#open) throw storeClosed('The memory journal');
  }
}

function compareEntries(a: JournalEntry, b: JournalEntry): number {
  return a.timestampMs - b.timestampMs || compareWriters(a.writer, b.writer) || a.sequence - b.sequence;
}

/** A character of a text takes two bytes at most. */
function bytesOf({ text }: JournalEntry): number {
  return ENTRY_BYTES + 2 * text.length;
}
