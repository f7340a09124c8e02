import { DatabaseSync } from 'node:sqlite';
import { TachoError } from '@tacho/core';
import { CHAINED_JOURNAL } from './chained-journal.ts';
import { setPragma, userVersion } from './pragma.ts';
import { rollBack } from './roll-back.ts';
import { APPLICATION_ID, FIRST_SCHEMA } from './schema.ts';

/**
 * Each takes a file from the version that is its index to the next one; a file's `user_version` says how many it
 * has behind it. A migration that was released is never changed.
 */
export const MIGRATIONS: readonly string[] = [FIRST_SCHEMA, CHAINED_JOURNAL];

/**
 * Brings the file to the latest version. Each migration is one transaction together with the version it leads to,
 * so a process that is killed leaves the one or the other. Processes that do it at once do it in turn.
 */
export function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  while (userVersion(database) < migrations.length) {
    database.exec('BEGIN IMMEDIATE');
    try {
      const version = userVersion(database);
      const next = migrations[version];
      if (next !== undefined) step(database, next, version + 1);
      database.exec('COMMIT');
    } catch (error) {
      rollBack(database);
      throw error;
    }
  }
}

/** @throws TachoError `TACHO_STORE_NEWER` */
export function assertNotNewer(version: number, migrations: readonly string[], path: string): void {
  if (version <= migrations.length) return;
  const message = `${path}: written by a later version of tacho (format ${version}, this one knows ${migrations.length})`;
  throw new TachoError('TACHO_STORE_NEWER', message, { hint: 'Update tacho, or give it another file.' });
}

/** What the schema of a file is at a version, as `schemaOf` lists it. */
export function schemaAt(version: number, migrations: readonly string[]): readonly string[] {
  const database = new DatabaseSync(':memory:');
  try {
    migrate(database, migrations.slice(0, version));
    return schemaOf(database);
  } finally {
    database.close();
  }
}

/** One line for each table, index, view and trigger that is not SQLite's own, in a fixed order. */
export function schemaOf(database: DatabaseSync): readonly string[] {
  const rows = database.prepare('SELECT type, name, tbl_name AS owner, sql FROM sqlite_schema').all();
  return rows
    .filter(({ name }) => !String(name).startsWith('sqlite_'))
    .map(({ type, name, owner, sql }) => JSON.stringify([type, name, owner, sql]))
    .sort();
}

function step(database: DatabaseSync, sql: string, version: number): void {
  if (version === 1) setPragma(database, 'application_id', APPLICATION_ID);
  database.exec(sql);
  setPragma(database, 'user_version', version);
}
