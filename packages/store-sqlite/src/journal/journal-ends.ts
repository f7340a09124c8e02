import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CHAIN_ORIGIN, type ChainEnd, type ChainEnds, type Keyring, UNKNOWN_LINK } from '@tacho/store';
import type { Meta } from '../rows/meta.ts';
import { JOURNAL_COLUMNS, type JournalRow, journalRow, openRow, prepared } from './journal-rows.ts';

const ENDS = 'journal ends';

/** No chain of ours gets there; rows that stand past it are passed over. */
const MAX_POSITION = 2 ** 52;

/** Where the journal's chain begins and ends, kept apart from its rows. Every call is part of the caller's transaction. */
export class JournalEnds {
  readonly #meta: Meta;
  readonly #keyring: Keyring;
  readonly #last: StatementSync;

  constructor(database: DatabaseSync, meta: Meta, keyring: Keyring) {
    this.#meta = meta;
    this.#keyring = keyring;
    this.#last = prepared(
      database.prepare(
        `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE position <= ${MAX_POSITION} ORDER BY position DESC LIMIT 1`,
      ),
    );
  }

  /**
   * Where they were lost and rows are there, something may have been lost at either end: the chain then begins at its
   * origin, and ends with one entry after the last row, which is missing.
   */
  get(): ChainEnds {
    const [start, head] = pairIn(this.#meta.get(ENDS));
    if (start !== undefined && head !== undefined) return { start, head };
    const last = this.#lastRow();
    if (last === undefined) return { start: CHAIN_ORIGIN, head: CHAIN_ORIGIN };
    const link = openRow(last, this.#keyring)?.link ?? UNKNOWN_LINK;
    return { start: CHAIN_ORIGIN, head: { position: last.position + 1, link } };
  }

  set({ start, head }: ChainEnds): void {
    this.#meta.set(
      ENDS,
      [start, head].map(({ position, link }) => [position, hexOf(link)]),
    );
  }

  /** After which the next entry is to stand. What was put after the head is left there, for it has to show. */
  lastPosition({ head }: ChainEnds): number {
    return Math.max(head.position, this.#lastRow()?.position ?? 0);
  }

  #lastRow(): JournalRow | undefined {
    const row = this.#last.get();
    return row && journalRow(row);
  }
}

function pairIn(value: unknown): readonly (ChainEnd | undefined)[] {
  return Array.isArray(value) ? value.map(endIn) : [];
}

function endIn(value: unknown): ChainEnd | undefined {
  if (!Array.isArray(value)) return undefined;
  const [position, link] = value as unknown[];
  if (!Number.isSafeInteger(position) || typeof link !== 'string') return undefined;
  return { position: Number(position), link: Buffer.from(link, 'hex') };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
