import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { MAX_UNFOLDED } from './endpoint-table.ts';
import { addStats, checkStats, writeStats } from './stats-codec.ts';
import type { UserTable } from './user-table.ts';

/**
 * The stored form of a user table: the stats of `others`, the number of users, then each as pseudonym and stats. A
 * pseudonym whose end is 32 digits of lower-case hex is a byte that says so, what comes before the digits where that
 * is not as with the user before, and 16 bytes; any other is a byte and a string.
 */
const PLAIN = 0;
const HEX_AFTER_SAME = 1;
const HEX_AFTER_OTHER = 2;

const HEX_DIGITS = 32;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function writeUserTable(writer: ByteWriter, table: UserTable): void {
  writeStats(writer, table.others);
  writer.varint(table.size);
  let before = '';
  for (const { user, stats } of table.entries()) {
    before = writePseudonym(writer, user, before);
    writeStats(writer, stats);
  }
}

/** Adds a stored user table to another, as merging would. One that is bad data throws, and nothing of it is added. */
export function readUserTable(reader: ByteReader, into: UserTable): void {
  const start = reader.offset;
  checkUserTable(reader);
  reader.rewind(start);
  addUserTable(reader, into);
}

/** Reads a user table, and throws `TACHO_BAD_DATA` where it is none. */
export function checkUserTable(reader: ByteReader): void {
  checkStats(reader);
  const users = reader.varint();
  for (let read = 0; read < users; read++) {
    const kind = reader.byte();
    if (kind > HEX_AFTER_OTHER) throw reader.bad('a pseudonym is of no known kind');
    if (kind !== HEX_AFTER_SAME) reader.string();
    if (kind !== PLAIN) reader.skip(HEX_DIGITS / 2);
    checkStats(reader);
  }
}

/** Adds a user table that was checked to another, as merging would. */
export function addUserTable(reader: ByteReader, into: UserTable): void {
  addStats(reader, into.others);
  const users = reader.varint();
  let before = '';
  for (let read = 0; read < users; read++) {
    const kind = reader.byte();
    const text = kind === HEX_AFTER_SAME ? before : reader.string();
    if (kind !== PLAIN) before = text;
    addStats(reader, into.statsOf(kind === PLAIN ? text : text + readHex(reader)));
    if (read % MAX_UNFOLDED === MAX_UNFOLDED - 1) into.fold();
  }
  into.fold();
}

/** @returns what comes before the digits, for the next one */
function writePseudonym(writer: ByteWriter, user: string, before: string): string {
  const start = user.length - HEX_DIGITS;
  if (!endsInHex(user, start)) {
    writer.byte(PLAIN);
    writer.string(user);
    return before;
  }
  const isSame = start === before.length && user.startsWith(before);
  writer.byte(isSame ? HEX_AFTER_SAME : HEX_AFTER_OTHER);
  const own = isSame ? before : user.slice(0, start);
  if (!isSame) writer.string(own);
  for (let at = start; at < user.length; at += 2) {
    writer.byte((hexDigit(user.charCodeAt(at)) << 4) | hexDigit(user.charCodeAt(at + 1)));
  }
  return own;
}

function endsInHex(text: string, start: number): boolean {
  if (start < 0) return false;
  for (let at = start; at < text.length; at++) if (hexDigit(text.charCodeAt(at)) < 0) return false;
  return true;
}

/** @returns −1 where the UTF-16 unit is no lower-case hex digit */
function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  return unit >= 0x61 && unit <= 0x66 ? unit - 0x61 + 10 : -1;
}

function readHex(reader: ByteReader): string {
  let hex = '';
  for (let read = 0; read < HEX_DIGITS / 2; read++) hex += HEX[reader.byte()]!;
  return hex;
}
