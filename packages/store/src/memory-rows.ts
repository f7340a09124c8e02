import type { StoredRow } from './retention.ts';
import { compareKeys, insertInOrder } from './row-order.ts';
import type { WindowRow } from './window-store.ts';

/** What a row takes up beside its payload: the object, its key, the array and its buffer. */
const ROW_BYTES = 250;

export interface MemoryRow extends WindowRow, StoredRow {
  /** False once its payload turned out to be no window: it stays as it is. */
  readonly mergeable: boolean;
}

/** Rows in the order of their keys, and what they take up. */
export class MemoryRows {
  #rows: MemoryRow[] = [];
  #bytes = 0;

  /** To be read, not changed; stale after the next change. */
  get inOrder(): readonly MemoryRow[] {
    return this.#rows;
  }

  get bytes(): number {
    return this.#bytes;
  }

  insert(row: MemoryRow): void {
    insertInOrder(this.#rows, row, compareKeys);
    this.#bytes += bytesOf(row);
  }

  remove(rows: readonly MemoryRow[]): void {
    if (rows.length === 0) return;
    const removed = new Set(rows);
    this.#rows = this.#rows.filter((row) => !removed.has(row));
    for (const row of removed) this.#bytes -= bytesOf(row);
  }

  /** Puts `by` in the place of `rows`, unless any of these has gone since. */
  replace(rows: readonly MemoryRow[], by: MemoryRow): void {
    if (!rows.every((row) => this.#rows.includes(row))) return;
    this.remove(rows);
    this.insert(by);
  }

  clear(): void {
    this.#rows = [];
    this.#bytes = 0;
  }
}

function bytesOf({ payload }: WindowRow): number {
  return payload.byteLength + ROW_BYTES;
}
