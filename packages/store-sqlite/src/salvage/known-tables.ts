import type { Keyring } from '@tacho/store';
import { associatedData } from '../engine/associated-data.ts';
import { type JournalRow, journalPlace } from '../journal/journal-rows.ts';
import { placeOf } from '../rows/dictionary.ts';
import { isSealing } from '../rows/meta.ts';
import { partPlace, type RowStamp, stampBytes } from '../rows/stored-row.ts';
import type { Value } from './record.ts';

type Kind = 'integer' | 'real' | 'text' | 'blob' | 'blob?' | 'real?' | 'rowid';

/** A table of ours, as its rows are found on a page without being told whose page it is. */
export interface KnownTable {
  readonly name: string;
  readonly isWithRowid: boolean;
  /** Of each column in the order in which it is stored. No two tables or indexes look alike. */
  readonly kinds: readonly Kind[];
  /** Takes the values in that order. */
  readonly insert: string;
  /** @throws TachoError where the row is not what was stored */
  check(row: readonly Value[], keyring: Keyring): boolean;
}

export const KNOWN_TABLES: readonly KnownTable[] = [
  {
    name: 'window',
    isWithRowid: true,
    kinds: [
      'rowid',
      'integer',
      'integer',
      'text',
      'integer',
      'integer',
      'integer',
      'integer',
      'integer',
      'blob?',
      'blob',
      'blob',
      'blob',
      'blob?',
    ],
    insert: 'INSERT OR IGNORE INTO window VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    check: isWindow,
  },
  {
    name: 'endpoint',
    isWithRowid: true,
    kinds: ['rowid', 'blob', 'integer'],
    insert: 'INSERT OR IGNORE INTO endpoint VALUES (?, ?, ?)',
    check: ([id, name], keyring) => opens(keyring, name, placeOf(Number(id))),
  },
  {
    name: 'meta',
    isWithRowid: false,
    kinds: ['text', 'blob'],
    insert: 'INSERT OR IGNORE INTO meta VALUES (?, ?)',
    check: ([name, value], keyring) =>
      isSealing(String(name)) || opens(keyring, value, associatedData('meta', String(name))),
  },
  {
    name: 'accepted',
    isWithRowid: false,
    kinds: ['text', 'integer', 'integer', 'integer'],
    insert: 'INSERT OR IGNORE INTO accepted VALUES (?, ?, ?, ?)',
    check: ([, first, last]) => Number(first) <= Number(last),
  },
  {
    name: 'journal',
    isWithRowid: true,
    kinds: ['rowid', 'text', 'integer', 'real', 'integer', 'blob'],
    insert: 'INSERT OR IGNORE INTO journal VALUES (?, ?, ?, ?, ?, ?)',
    check: ([position, writer, sequence, timestampMs, storedMs, entry], keyring) =>
      opens(
        keyring,
        entry,
        journalPlace({ position, writer, sequence, timestampMs, storedMs } as JournalRow),
      ),
  },
  {
    name: 'state',
    isWithRowid: false,
    kinds: ['blob', 'blob', 'real?'],
    insert: 'INSERT OR IGNORE INTO state VALUES (?, ?, ?)',
    check: ([key, value], keyring) =>
      key instanceof Uint8Array && opens(keyring, value, associatedData('state', key)),
  },
];

/** @returns undefined where no table of ours has rows like this: an entry of an index, or a page of something else */
export function tableOf(row: readonly Value[], isOfTable: boolean): KnownTable | undefined {
  return KNOWN_TABLES.find(
    ({ isWithRowid, kinds }) =>
      isWithRowid === isOfTable &&
      kinds.length === row.length &&
      kinds.every((kind, column) => isOfKind(row[column] ?? null, kind)),
  );
}

function isOfKind(value: Value, kind: Kind): boolean {
  switch (kind) {
    case 'rowid':
      return value === null;
    case 'integer':
      return Number.isSafeInteger(value);
    case 'real':
      return typeof value === 'number';
    case 'real?':
      return typeof value === 'number' || value === null;
    case 'text':
      return typeof value === 'string';
    case 'blob':
      return value instanceof Uint8Array;
    case 'blob?':
      return value instanceof Uint8Array || value === null;
  }
}

function isWindow(row: readonly Value[], keyring: Keyring): boolean {
  const [
    ,
    level,
    minuteMs,
    writer,
    sequence,
    overrunMs,
    rolled,
    storedMs,
    ,
    ,
    checksum,
    head,
    endpoints,
    users,
  ] = row;
  const hasUsers = users !== null;
  const stamp = {
    ...{ level, minuteMs, writer, sequence, overrunMs, storedMs, hasUsers },
    rolled: rolled !== 0,
  } as RowStamp;
  opens(keyring, head, partPlace('head', stamp));
  opens(keyring, endpoints, partPlace('endpoints', stamp));
  if (hasUsers) opens(keyring, users, partPlace('users', stamp));
  return checksum instanceof Uint8Array && keyring.verify(stampBytes(stamp), checksum);
}

/** @throws TachoError where it doesn't */
function opens(keyring: Keyring, sealed: Value | undefined, place: Uint8Array): true {
  keyring.open(sealed as Uint8Array, place);
  return true;
}
