import type { StatementSync } from 'node:sqlite';
import type { ChainEnd, JournalEntry, Keyring } from '@tacho/store';
import { associatedData } from '../engine/associated-data.ts';

/** A row of the table `journal`. */
export interface JournalRow extends ChainEnd {
  readonly writer: string;
  readonly sequence: number;
  readonly timestampMs: number;
  readonly storedMs: number;
  /** Sealed. */
  readonly text: Uint8Array;
}

export const JOURNAL_COLUMNS =
  'position, writer, sequence, timestamp AS timestampMs, stored AS storedMs, text, link';

/** In reading as in looking for what was let in, a number that is none of ours must not be an error. */
export function prepared(statement: StatementSync): StatementSync {
  statement.setReadBigInts(true);
  return statement;
}

/** @param row of a statement that was `prepared` */
export function journalRow(row: Record<string, unknown>): JournalRow {
  const { position, sequence, storedMs } = row;
  const numbers = { position: safe(position), sequence: safe(sequence), storedMs: safe(storedMs) };
  return { ...(row as unknown as JournalRow), ...numbers };
}

/** What the text of a row is sealed with: all of its other columns but the link, which the chain covers. */
export function journalPlace({
  position,
  writer,
  sequence,
  timestampMs,
  storedMs,
}: Omit<JournalRow, 'text' | 'link'>): Uint8Array {
  return associatedData('journal', position, writer, sequence, timestampMs, storedMs);
}

/** @returns undefined where the row is not what was stored */
export function entryOf(row: JournalRow, keyring: Keyring): JournalEntry | undefined {
  const { timestampMs, writer, sequence, text } = row;
  try {
    const plain = Buffer.from(keyring.open(text, journalPlace(row))).toString();
    return { timestampMs, writer, sequence, text: plain };
  } catch {
    return undefined;
  }
}

/** The nearest number that is exact. */
function safe(value: unknown): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number(value), Number.MAX_SAFE_INTEGER));
}
