import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader } from '../../src/byte-reader.ts';
import { ByteWriter } from '../../src/byte-writer.ts';
import { UserTable } from '../../src/user-table.ts';
import { readUserTable, writeUserTable } from '../../src/user-table-codec.ts';
import { anyName, anyRecord } from '../anything.ts';
import { badDataOf, resultOrBadData } from '../bad-data.ts';
import { dumpOfUsers } from '../dump.ts';
import { aRequest } from '../report/measured.ts';

const anyDigits = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const anyUser = fc.oneof(
  anyName,
  anyDigits,
  fc.tuple(fc.constantFrom('', 'k1.', 'k2.', 'é', 'A'), anyDigits).map((parts) => parts.join('')),
  anyDigits.map((digits) => digits.toUpperCase()),
  anyDigits.map((digits) => `${digits} `),
);
const anyRecords = fc.array(
  fc.tuple(anyRecord, fc.option(anyUser, { nil: undefined })).map(([record, user]) => ({ ...record, user })),
  { maxLength: 40 },
);

describe('stored users', () => {
  it('are the same when they are read again', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const table = tableOf(records);
        expect(dumpOfUsers(decode(encode(table)))).toEqual(dumpOfUsers(table));
      }),
      { numRuns: 300 },
    );
  });

  it('are added to others as merging adds them', () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, fc.nat(8), (records, others, maxUsers) => {
        const read = tableOf(others, maxUsers);
        readUserTable(new ByteReader(encode(tableOf(records))), read);
        const merged = tableOf(others, maxUsers);
        merged.merge(tableOf(records));
        expect(dumpOfUsers(read)).toEqual(dumpOfUsers(merged));
      }),
      { numRuns: 300 },
    );
  });

  it('take 17 bytes for a pseudonym, with or without a prefix that others share', () => {
    const usersOf = (prefix: string) =>
      Array.from({ length: 100 }, (_, i) => `${prefix}${i.toString(16).padStart(32, 'a')}`);
    const bytesOf = (users: string[]) => encode(tableOf(users.map((user) => aRequest({ user })))).length;
    const stats = encode(tableOf([aRequest({ user: '' })])).length - 4;
    for (const prefix of ['', 'k1.']) expect(bytesOf(usersOf(prefix))).toBeLessThan(100 * (17 + stats) + 10);
  });

  it('are bad data wherever they are cut off', () => {
    const bytes = encode(
      tableOf(['a'.repeat(32), `k1.${'b'.repeat(32)}`, 'joe'].map((user) => aRequest({ user }))),
    );
    for (let length = 0; length < bytes.length; length++) badDataOf(() => decode(bytes.subarray(0, length)));
  });

  it('are bad data, or some users, when their bytes are anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const table = resultOrBadData(() => decode(Uint8Array.of(0, 0, ...bytes)));
        if (table !== undefined) expect(dumpOfUsers(decode(encode(table)))).toEqual(dumpOfUsers(table));
      }),
      { numRuns: 1000 },
    );
  });

  it('that are bad data add nothing', () => {
    const bytes = encode(tableOf([aRequest({ user: 'a' }), aRequest({ user: 'b' })]));
    const table = tableOf([aRequest({ user: 'a' })]);
    const before = dumpOfUsers(table);
    badDataOf(() => readUserTable(new ByteReader(bytes.subarray(0, -1)), table));
    expect(dumpOfUsers(table)).toEqual(before);
  });

  it('of no known kind are bad data', () => {
    expect(badDataOf(() => decode(Uint8Array.of(0, 0, 1, 3)))).toMatch(/no known kind/);
  });

  it('that are far too many are folded as they are read', () => {
    const writer = new ByteWriter();
    for (const number of [0, 0, 25_000]) writer.varint(number);
    for (let user = 0; user < 25_000; user++) {
      writer.byte(0);
      writer.string(String(user));
      for (const number of [0, 1, 1000]) writer.varint(number);
    }
    const table = decode(writer.finish(), 10);
    expect(table.size).toBeLessThanOrEqual(20);
    expect(table.others.count + table.size).toBe(25_000);
  });
});

function tableOf(records: readonly ReturnType<typeof aRequest>[], maxUsers = 1000): UserTable {
  const table = new UserTable(maxUsers);
  for (const record of records) table.record(record);
  return table;
}

function encode(table: UserTable): Uint8Array {
  const writer = new ByteWriter();
  writeUserTable(writer, table);
  return writer.finish();
}

function decode(bytes: Uint8Array, maxUsers = 1000): UserTable {
  const reader = new ByteReader(bytes);
  const table = new UserTable(maxUsers);
  readUserTable(reader, table);
  reader.finish();
  return table;
}
