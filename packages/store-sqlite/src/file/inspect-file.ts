import { lstatSync, readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { TachoError } from '@tacho/core';
import { assertNotNewer, schemaAt, schemaOf } from './migrations.ts';
import { applicationId, userVersion } from './pragma.ts';
import { sizeOf } from './private-files.ts';
import { rollBack } from './roll-back.ts';
import { APPLICATION_ID, PROBES } from './schema.ts';
import { sqliteCode, storeError } from './sqlite-error.ts';

const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** A page. SQLite takes what is shorter for an empty file, whatever is in it. */
export const SMALLEST_DATABASE_BYTES = 512;

/**
 * What stands at the path, without leaving a trace there: neither a lock, nor a log, nor a byte changed. Only SQLite
 * ever opens the file, since closing any other handle would give up the locks that this process holds on it.
 *
 * @returns `empty` for a new one: a file without bytes, or a database without anything in it
 * @throws TachoError `TACHO_STORE_MISSING`; `TACHO_STORE_CORRUPT` for what may be moved aside; `TACHO_STORE_NEWER`;
 * `TACHO_STORE_UNAVAILABLE` for what is not ours to touch
 */
export function inspectFile(path: string, migrations: readonly string[]): 'empty' | 'store' {
  const bytes = regularFileSize(path);
  if (bytes === 0) return 'empty';
  if (bytes < SMALLEST_DATABASE_BYTES)
    throw new TachoError('TACHO_STORE_CORRUPT', `${path}: no store's file`);
  const found = withDatabase(openImmutable(path), (database) => inspectHeader(database, path, migrations));
  if (found === 'empty') return found;
  if (sizeOf(`${path}-wal`) > 0) {
    withDatabase(new DatabaseSync(path, { readOnly: true }), (database) =>
      inspectLog(database, path, migrations),
    );
  }
  return 'store';
}

/** Reads the file as if nobody could write it, and without its log. */
export function openImmutable(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

/**
 * Looks at the first page of each table, and no further, as of one moment: another process may be updating the file.
 *
 * @throws TachoError `TACHO_STORE_CORRUPT` unless the schema is, to the letter, what its version says
 */
export function checkSchema(database: DatabaseSync, path: string, migrations: readonly string[]): void {
  database.exec('BEGIN');
  try {
    assertSchema(database, path, migrations);
  } finally {
    rollBack(database);
  }
}

function assertSchema(database: DatabaseSync, path: string, migrations: readonly string[]): void {
  const version = userVersion(database);
  assertNotNewer(version, migrations, path);
  const expected = schemaAt(Math.max(0, version), migrations);
  const found = schemaOf(database);
  if (found.length === expected.length && found.every((line, index) => line === expected[index])) {
    if (expected.length > 0) for (const probe of PROBES) database.prepare(probe).get();
    return;
  }
  const strange =
    found.find((line) => !expected.includes(line)) ?? expected.find((line) => !found.includes(line));
  throw new TachoError(
    'TACHO_STORE_CORRUPT',
    `${path}: its schema is not tacho's: ${strange?.slice(0, 200)}`,
  );
}

function regularFileSize(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new TachoError('TACHO_STORE_MISSING', `${path}: there is no such file`);
  if (found.isFile()) return found.size;
  if (found.isDirectory() && readdirSync(path).length === 0) {
    throw new TachoError('TACHO_STORE_CORRUPT', `${path}: an empty folder stands where the file belongs`);
  }
  const what = found.isDirectory()
    ? 'a folder'
    : found.isSymbolicLink()
      ? 'a symbolic link'
      : 'no regular file';
  throw new TachoError('TACHO_STORE_UNAVAILABLE', `${path}: ${what}, and left untouched`);
}

/**
 * A file that is being written can look damaged from here, so only what stays the same is judged: whose it is.
 * Bytes that are no database at all are nobody's.
 */
function inspectHeader(
  database: DatabaseSync,
  path: string,
  migrations: readonly string[],
): 'empty' | 'store' {
  try {
    if (holdsNothing(database, path)) return 'empty';
    if (applicationId(database) !== APPLICATION_ID) throw notOurs(database, path, migrations);
    if (sizeOf(`${path}-wal`) === 0) assertNotNewer(userVersion(database), migrations, path);
  } catch (error) {
    if (sqliteCode(error) !== CORRUPT) throw storeError(error, path);
  }
  return 'store';
}

/** A header and nothing more: SQLite's, or ours where the process was killed before the first migration. */
function holdsNothing(database: DatabaseSync, path: string): boolean {
  const isUnmarked = applicationId(database) === 0 && userVersion(database) === 0;
  return isUnmarked && sizeOf(`${path}-wal`) === 0 && schemaOf(database).length === 0;
}

/** Through a connection that can't write the log's pages into a file they may not belong to. */
function inspectLog(database: DatabaseSync, path: string, migrations: readonly string[]): void {
  try {
    if (applicationId(database) !== APPLICATION_ID) {
      throw new TachoError('TACHO_STORE_CORRUPT', `${path}: its log belongs to another file`);
    }
    checkSchema(database, path, migrations);
  } catch (error) {
    const code = sqliteCode(error);
    if (code === undefined || code === CORRUPT || code === NOT_A_DATABASE) throw storeError(error, path);
  }
}

function notOurs(database: DatabaseSync, path: string, migrations: readonly string[]): TachoError {
  const ours = schemaAt(migrations.length, migrations);
  const found = schemaOf(database);
  if (ours.length > 0 && ours.every((line) => found.includes(line))) {
    return new TachoError('TACHO_STORE_CORRUPT', `${path}: the header is damaged`);
  }
  return new TachoError('TACHO_STORE_UNAVAILABLE', `${path}: not a tacho store, and left untouched`, {
    hint: 'Give tacho a file of its own.',
  });
}

function withDatabase<Result>(database: DatabaseSync, use: (database: DatabaseSync) => Result): Result {
  try {
    return use(database);
  } finally {
    database.close();
  }
}
