import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { UserTable } from './user-table.ts';
import { addUserTable, checkUserTable, writeUserTable } from './user-table-codec.ts';

/** A version, and the stored form of a user table. */
const VERSION = 1;

const writer = new ByteWriter();

export function packUsers(users: UserTable): Uint8Array {
  writer.truncate(0);
  writer.byte(VERSION);
  writeUserTable(writer, users);
  return writer.finish();
}

/**
 * Adds packed users to a table, as merging would.
 * @throws TachoError `TACHO_BAD_DATA` where the bytes are no packed users; nothing is added then
 */
export function unpackUsers(bytes: Uint8Array, into: UserTable): void {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version !== VERSION) throw reader.bad(`version ${version} of packed users is not known`);
  const start = reader.offset;
  checkUserTable(reader);
  reader.finish();
  reader.rewind(start);
  addUserTable(reader, into);
}
