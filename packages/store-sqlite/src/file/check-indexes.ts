import type { DatabaseSync } from 'node:sqlite';
import { TachoError } from '@tacho/core';

/** A prime: whichever bit of a number is flipped, the remainder is another one. */
const PRIME = 1_000_003;

const COLUMNS = ['id', 'level', 'minute'];

/**
 * Each of the indexes by which rows are found, against `window_place`, which has what is in any of them. Damage to a
 * page of one index would otherwise only hide rows: SQLite does not look.
 */
const INDEXES = [
  { index: 'window_key', condition: 'TRUE' },
  { index: 'window_unrolled', condition: 'rolled = 0' },
  { index: 'window_overrun', condition: 'overrun > 0' },
];

const CHECKS = INDEXES.map(
  ({ index, condition }) =>
    `SELECT (${summary(index, condition)}) = (${summary('window_place', condition)}) AS ok`,
);

/** Small, and without payloads, so that all of their pages can be looked at. What else is there is checked as it is read. */
const SMALL_TABLES = ['meta', 'endpoint', 'accepted'];

/**
 * Looks for damage that would make an answer another one without an error, in time that grows with the number of
 * rows, but not with their size.
 *
 * @throws TachoError `TACHO_STORE_CORRUPT`
 */
export function checkIndexes(database: DatabaseSync, path: string): void {
  if (!areIndexesAlike(database)) throw new TachoError('TACHO_STORE_CORRUPT', `${path}: an index is damaged`);
  checkSmallTables(database, path);
}

function checkSmallTables(database: DatabaseSync, path: string): void {
  for (const table of SMALL_TABLES) {
    const [first] = database.prepare('SELECT * FROM pragma_integrity_check(?)').all(table);
    const found = first?.integrity_check;
    if (found !== 'ok')
      throw new TachoError('TACHO_STORE_CORRUPT', `${path}: ${String(found).slice(0, 200)}`);
  }
}

/**
 * The same, where the file may be written: a damaged index is made anew first, of the rows, which have checksums of
 * their own. A sound file is looked through once.
 */
export function mendIndexes(database: DatabaseSync, path: string): void {
  if (areIndexesAlike(database)) {
    checkSmallTables(database, path);
    return;
  }
  database.exec('REINDEX window');
  checkIndexes(database, path);
}

function areIndexesAlike(database: DatabaseSync): boolean {
  return CHECKS.every((check) => database.prepare(check).get()?.ok === 1);
}

function summary(index: string, condition: string): string {
  const sums = COLUMNS.map(
    (column) => `total(iif(typeof(${column}) = 'integer', ${column} % ${PRIME}, 0.5))`,
  );
  return `SELECT printf('%d ${sums.map(() => '%.1f').join(' ')}', count(*), ${sums.join(', ')})
    FROM window INDEXED BY ${index} WHERE ${condition}`;
}
