import type { ByteReader, ByteWriter } from './bytes.ts';
import { EndpointStats } from './endpoint-stats.ts';
import { readStats, writeStats } from './stats-codec.ts';
import { UserTable } from './user-table.ts';

/**
 * The stored form of a user table: the stats of `others`, the number of users, then each as pseudonym and stats. A
 * pseudonym whose end is 32 digits of lower-case hex is a byte that says so, what comes before the digits where that
 * is not as with the user before, and 16 bytes; any other is a byte and a string.
 */
const PLAIN = 0;
const HEX_AFTER_SAME = 1;
const HEX_AFTER_OTHER = 2;

const HEX_DIGITS = 32;
const HEX_END = /[0-9a-f]{32}$/;
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

/** @returns a table without a cap: to be merged into one that has one */
export function readUserTable(reader: ByteReader): UserTable {
  const read = new UserTable(Number.POSITIVE_INFINITY);
  readStats(reader, read.others);
  const users = reader.varint();
  let before = '';
  for (let n = 0; n < users; n++) {
    const kind = reader.byte();
    if (kind > HEX_AFTER_OTHER) throw reader.bad('a pseudonym is of no known kind');
    const text = kind === HEX_AFTER_SAME ? before : reader.string();
    if (kind !== PLAIN) before = text;
    const stats = new EndpointStats();
    const user = kind === PLAIN ? text : text + hexOf(reader.bytes(HEX_DIGITS / 2));
    readStats(reader, stats);
    read.adopt({ user, stats });
  }
  return read;
}

/** @returns what comes before the digits, for the next one */
function writePseudonym(writer: ByteWriter, user: string, before: string): string {
  if (!HEX_END.test(user)) {
    writer.byte(PLAIN);
    writer.string(user);
    return before;
  }
  const own = user.slice(0, -HEX_DIGITS);
  writer.byte(own === before ? HEX_AFTER_SAME : HEX_AFTER_OTHER);
  if (own !== before) writer.string(own);
  for (let at = own.length; at < user.length; at += 2) {
    writer.byte(Number.parseInt(user.slice(at, at + 2), 16));
  }
  return own;
}

function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += HEX[byte]!;
  return hex;
}
