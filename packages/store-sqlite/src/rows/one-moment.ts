import type { DatabaseSync } from 'node:sqlite';
import type { Dictionary } from './dictionary.ts';

/** All that is read is of one moment, and the names of its endpoints are known. */
export function asOfOneMoment<Result>(
  database: DatabaseSync,
  dictionary: Dictionary,
  read: () => Result,
): Result {
  database.exec('BEGIN');
  try {
    dictionary.sync();
    return read();
  } finally {
    if (database.isTransaction) database.exec('COMMIT');
  }
}
