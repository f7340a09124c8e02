import type { DatabaseSync, StatementSync } from 'node:sqlite';

interface Range {
  readonly first: number;
  readonly last: number;
}

/** A writer that has stored something lately. */
export interface SeenWriter {
  readonly writer: string;
  /** The last of its sequences. */
  readonly last: number;
  /** Steady milliseconds since it was stored. */
  readonly agoMs: number;
}

/**
 * Which sequences of which writers were taken in, so that a retry is known as one whatever became of what it brought.
 * A writer that leaves no gap takes one row. Each call is part of the caller's transaction.
 */
export class Accepted {
  readonly #before: StatementSync;
  readonly #startingAt: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  readonly #forget: StatementSync;
  readonly #since: StatementSync;

  constructor(database: DatabaseSync) {
    this.#before = database.prepare(
      'SELECT first, last FROM accepted WHERE writer = ? AND first <= ? ORDER BY first DESC LIMIT 1',
    );
    this.#startingAt = database.prepare('SELECT first, last FROM accepted WHERE writer = ? AND first = ?');
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO accepted (writer, first, last, stored) VALUES (?, ?, ?, ?)',
    );
    this.#remove = database.prepare('DELETE FROM accepted WHERE writer = ? AND first = ?');
    this.#forget = database.prepare(
      'DELETE FROM accepted WHERE writer IN (SELECT writer FROM accepted GROUP BY writer HAVING max(stored) < ?)',
    );
    this.#since = database.prepare(
      'SELECT writer, max(last) AS last, max(stored) AS stored FROM accepted WHERE stored >= ? GROUP BY writer',
    );
  }

  /** The writers that have stored something since. @param storedMs steady milliseconds */
  seenSince(storedMs: number, steadyMs: number): SeenWriter[] {
    const rows = this.#since.all(storedMs) as unknown as { writer: string; last: number; stored: number }[];
    return rows.map(({ writer, last, stored }) => ({ writer, last, agoMs: steadyMs - stored }));
  }

  has(writer: string, sequence: number): boolean {
    return this.#rangeBefore(writer, sequence).last >= sequence;
  }

  /** @param storedMs steady milliseconds @returns false where it was accepted before */
  accept(writer: string, sequence: number, storedMs: number): boolean {
    const before = this.#rangeBefore(writer, sequence);
    if (before.last >= sequence) return false;
    const after = this.#startingAt.get(writer, sequence + 1) as unknown as Range | undefined;
    const first = before.last === sequence - 1 ? before.first : sequence;
    if (after !== undefined) this.#remove.run(writer, after.first);
    this.#put.run(writer, first, after?.last ?? sequence, storedMs);
    return true;
  }

  /** Forgets writers that have not been heard of since. @param storedMs steady milliseconds */
  forget(storedMs: number): void {
    this.#forget.run(storedMs);
  }

  #rangeBefore(writer: string, sequence: number): Range {
    const range = this.#before.get(writer, sequence) as unknown as Range | undefined;
    return range ?? { first: Number.NEGATIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  }
}
