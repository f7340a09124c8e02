import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { MAX_UNFOLDED } from './endpoint-table.ts';
import { HexTextReader, HexTextWriter } from './hex-text-codec.ts';
import { addStats, checkStats, writeStats } from './stats-codec.ts';
import type { UserTable } from './user-table.ts';

/** The stored form of a user table: the stats of `others`, the number of users, then each as pseudonym and stats. */
export function writeUserTable(writer: ByteWriter, table: UserTable): void {
  const pseudonyms = new HexTextWriter(writer);
  writeStats(writer, table.others);
  writer.varint(table.size);
  for (const { user, stats } of table.entries()) {
    pseudonyms.write(user);
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
  const pseudonyms = new HexTextReader(reader);
  checkStats(reader);
  const users = reader.varint();
  for (let read = 0; read < users; read++) {
    pseudonyms.skip();
    checkStats(reader);
  }
}

/** Adds a user table that was checked to another, as merging would. */
export function addUserTable(reader: ByteReader, into: UserTable): void {
  const pseudonyms = new HexTextReader(reader);
  addStats(reader, into.others);
  const users = reader.varint();
  for (let read = 0; read < users; read++) {
    addStats(reader, into.statsOf(pseudonyms.read()));
    if (read % MAX_UNFOLDED === MAX_UNFOLDED - 1) into.fold();
  }
  into.fold();
}
