import { DatabaseSync } from 'node:sqlite';
import { expect, it } from '@jest/globals';
import { openStoreFile } from '../../src/file/open-store-file.ts';
import { BUSY_TIMEOUT_MS, codeOf, createSample } from './sample-store.ts';
import { useScratchFolder } from './scratch-folder.ts';

const scratch = useScratchFolder();
const ROWS = 20;

/** Leaves the index as it is called, with nothing in it: as a damaged page would, to which SQLite has nothing to say. */
function empty(path: string, index: string): void {
  const database = new DatabaseSync(path, { defensive: false });
  database.exec(`
    PRAGMA writable_schema = ON;
    CREATE INDEX hollow ON window (level, minute) WHERE rolled = 7;
    UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'hollow')
      WHERE name = '${index}';
    DELETE FROM sqlite_schema WHERE name = 'hollow';
  `);
  database.close();
}

it.each(['window_key', 'window_unrolled', 'window_place'])(
  'an index that hides rows is made anew of them: %s',
  (index) => {
    const path = scratch(`${index}.db`);
    createSample(path, ROWS);
    empty(path, index);
    expect(codeOf(() => openStoreFile(path, { mode: 'read-only', busyTimeoutMs: 0 }).close())).toBe(
      'TACHO_STORE_CORRUPT',
    );
    const { database, close } = openStoreFile(path, { mode: 'existing', busyTimeoutMs: BUSY_TIMEOUT_MS });
    const condition = index === 'window_unrolled' ? 'WHERE rolled = 0' : '';
    const counted = database.prepare(`SELECT count(*) AS n FROM window INDEXED BY ${index} ${condition}`);
    expect(counted.get()?.n).toBe(ROWS);
    close();
  },
);
