import type { StatementSync } from 'node:sqlite';
import type { ChainEnd, JournalEntry, Keyring } from '@tacho/store';
import { associatedData } from '../engine/associated-data.ts';

/** A row of the table `journal`. */
export interface JournalRow {
  readonly position: number;
  readonly writer: string;
  readonly sequence: number;
  readonly timestampMs: number;
  readonly storedMs: number;
  /** The link and the text, sealed. */
  readonly entry: Uint8Array;
}

/** What a row says. */
export interface OpenedRow extends ChainEnd {
  readonly entry: JournalEntry;
}

const LINK_BYTES = 32;

export const JOURNAL_COLUMNS =
  'position, writer, sequence, timestamp AS timestampMs, stored AS storedMs, entry';

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

/** What the rest of a row is sealed with. */
export function journalPlace({
  position,
  writer,
  sequence,
  timestampMs,
  storedMs,
}: Omit<JournalRow, 'entry'>): Uint8Array {
  return associatedData('journal', position, writer, sequence, timestampMs, storedMs);
}

/** @returns undefined where the row is not what was stored */
export function openRow(row: JournalRow, keyring: Keyring): OpenedRow | undefined {
  const { position, timestampMs, writer, sequence } = row;
  try {
    const plain = Buffer.from(keyring.open(row.entry, journalPlace(row)));
    const text = plain.toString('utf8', LINK_BYTES);
    return { position, link: plain.subarray(0, LINK_BYTES), entry: { timestampMs, writer, sequence, text } };
  } catch {
    return undefined;
  }
}

/** What is stored for a row, beside its place. */
export function sealRow(
  place: Omit<JournalRow, 'entry'>,
  { link, text }: { readonly link: Uint8Array; readonly text: string },
  keyring: Keyring,
): Uint8Array {
  return keyring.seal(Buffer.concat([link, Buffer.from(text)]), journalPlace(place));
}

/** The nearest number that is exact. */
function safe(value: unknown): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number(value), Number.MAX_SAFE_INTEGER));
}
