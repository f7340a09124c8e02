import type { PackedWindow } from '@tacho/core';
import { Keyring } from '@tacho/store';
import { associatedData } from '../../src/engine/associated-data.ts';
import { Sealings } from '../../src/engine/sealings.ts';
import { openStoreFile } from '../../src/file/open-store-file.ts';
import { journalPlace } from '../../src/journal/journal-rows.ts';
import { placeOf } from '../../src/rows/dictionary.ts';
import { RowWriter } from '../../src/rows/row-writer.ts';
import { BUSY_TIMEOUT_MS } from '../file/sample-store.ts';

export const KEY = new Uint8Array(32).fill(7);
const MINUTE_MS = 60_000;

/** Payloads of all sizes: some fit a page many times, some take many pages. */
function payloadsOf(row: number): PackedWindow {
  const bytes = row % 50 === 0 ? 20_000 : row % 7 === 0 ? 3000 : 200 + (row % 300);
  return {
    head: new Uint8Array(100).fill(row),
    endpoints: Uint8Array.from({ length: bytes }, (_, index) => (row * 31 + index * 7) & 0xff),
    users: new Uint8Array(row % 90).fill(row),
  };
}

/** A store whose rows are sealed as they have to be, though their payloads are only bytes. */
export function createSealedStore(path: string, rows: number, keys: readonly Uint8Array[] = []): void {
  const keyring = Keyring.of(keys);
  const file = openStoreFile(path, { mode: 'create', busyTimeoutMs: BUSY_TIMEOUT_MS });
  const { database } = file;
  new Sealings(database, keyring).declare();
  const writer = new RowWriter(database, keyring);
  const endpoint = database.prepare('INSERT INTO endpoint VALUES (?, ?, 0)');
  const journal = database.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)');
  const state = database.prepare('INSERT INTO state VALUES (?, ?, ?)');
  const sealed = (text: string, place: Uint8Array) => keyring.seal(Buffer.from(text), place);
  database.exec("BEGIN; INSERT INTO accepted VALUES ('writer', 0, 99, 0)");
  for (let row = 0; row < rows; row++) {
    const key = { level: 1, minuteMs: row * MINUTE_MS, writer: 'writer', sequence: row } as const;
    const stamp = { ...key, overrunMs: 0, rolled: row % 2 === 0, storedMs: row, hasUsers: true };
    writer.insert(stamp, payloadsOf(row));
    endpoint.run(row + 1, sealed(`GET /${row}`, placeOf(row + 1)));
    const stood = {
      position: row + 1,
      writer: 'writer',
      sequence: row,
      timestampMs: row + 0.5 * (row % 2),
      storedMs: row,
    };
    journal.run(...Object.values(stood), sealed('text', journalPlace(stood)));
    const stateKey = Buffer.from(`key ${row}`);
    state.run(stateKey, sealed('value', associatedData('state', stateKey)), row % 2 === 0 ? null : row);
  }
  database.exec('COMMIT');
  file.close();
}

const COLUMNS = {
  window: 'SELECT * FROM window ORDER BY id',
  endpoint: 'SELECT * FROM endpoint ORDER BY id',
  journal: 'SELECT * FROM journal ORDER BY position',
  state: 'SELECT * FROM state ORDER BY key',
  accepted: 'SELECT * FROM accepted ORDER BY writer, first',
  meta: 'SELECT * FROM meta ORDER BY name',
};
/** Columns that no seal and no checksum covers. */
const UNSEALED = new Set(['key_id', 'used', 'expires']);

export type Contents = Record<keyof typeof COLUMNS, string[]>;

/** All rows of all tables, as text. */
export function contentsOf(path: string): Contents {
  return textsOf(path, () => true);
}

/** Of all rows, what a seal or a checksum covers. */
export function sealedContentsOf(path: string): Contents {
  const { window, endpoint, state, journal } = textsOf(
    path,
    (table, column) => !UNSEALED.has(column) && (table === 'window' || column !== 'stored'),
  );
  return { window, endpoint, state, journal, accepted: [], meta: [] };
}

function textsOf(path: string, isWanted: (table: string, column: string) => boolean): Contents {
  const file = openStoreFile(path, { mode: 'existing', busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    const tables = Object.entries(COLUMNS).map(([table, sql]) => {
      const rows = file.database.prepare(sql).all();
      const isShown = ([column]: [string, unknown]) => isWanted(table, column);
      return [
        table,
        rows.map((row) =>
          Object.entries(row)
            .filter(isShown)
            .map(([, value]) => textOf(value))
            .join(),
        ),
      ];
    });
    return Object.fromEntries(tables) as Contents;
  } finally {
    file.close();
  }
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : JSON.stringify(value);
}
