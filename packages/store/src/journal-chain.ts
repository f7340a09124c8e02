import { createHash } from 'node:crypto';
import type { JournalEntry } from './journal.ts';

/** An entry's place in a chain, and the hash over everything up to it. */
export interface ChainEnd {
  readonly position: number;
  /** 32 bytes. */
  readonly link: Uint8Array;
}

/** The part of a chain that is there: after `start`, which was let go, up to and with `head`. */
export interface ChainEnds {
  readonly start: ChainEnd;
  readonly head: ChainEnd;
}

const LINK_BYTES = 32;
const LENGTH_BYTES = 4;
const HEAD = /^(\d{1,16})-([0-9a-f]{64})$/;

/** Where every chain begins; nothing is there. */
export const CHAIN_ORIGIN: ChainEnd = { position: 0, link: new Uint8Array(LINK_BYTES) };

/**
 * The link of an entry: SHA-256 over the link before it, and over position, writer, sequence, time and text. Each of
 * these is written as UTF-8, numbers as JSON has them, after its length in four bytes, big-endian.
 */
export function linkAfter(previous: Uint8Array, position: number, entry: JournalEntry): Uint8Array {
  const { writer, sequence, timestampMs, text } = entry;
  const fields = [position, writer, sequence, timestampMs, text].map(String);
  const sizes = fields.map((field) => Buffer.byteLength(field) + LENGTH_BYTES);
  const bytes = Buffer.alloc(sizes.reduce((sum, size) => sum + size, previous.length));
  bytes.set(previous);
  let at = previous.length;
  for (const field of fields) {
    const length = bytes.write(field, at + LENGTH_BYTES);
    at = bytes.writeUInt32BE(length, at) + length;
  }
  return createHash('sha256').update(bytes).digest();
}

export function isSameLink(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** In the place of one that can't be told any more. */
export const UNKNOWN_LINK = new Uint8Array(0);

/** As people keep it. */
export function headText({ position, link }: ChainEnd): string {
  return `${position}-${Buffer.from(link).toString('hex')}`;
}

/** @returns undefined for what is no head */
export function parseHead(text: string): ChainEnd | undefined {
  const [, position, link] = HEAD.exec(text) ?? [];
  if (position === undefined || link === undefined || !Number.isSafeInteger(Number(position)))
    return undefined;
  return { position: Number(position), link: Buffer.from(link, 'hex') };
}
