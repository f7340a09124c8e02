import type { DatabaseSync } from 'node:sqlite';

/** Undoes a transaction, unless SQLite has by itself, as it does after some errors, of which a full disk is one. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    return;
  }
}
