import type { DatabaseSync } from 'node:sqlite';
import { TachoError } from '@tacho/core';
import { openStoreFile } from '../file/open-store-file.ts';

export const TOOL_BUSY_TIMEOUT_MS = 5000;

/**
 * Makes sure that a file is a whole store, down to its last page.
 *
 * @param from named in errors, as the file that the copy is of
 * @returns how many rows it holds
 * @throws TachoError
 */
export function checkCopy(copy: string, from: string): number {
  const file = openStoreFile(copy, { mode: 'read-only', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
  try {
    if (!isWhole(file.database)) throw new TachoError('TACHO_STORE_CORRUPT', `${from}: the file is damaged`);
    return countRows(file.database);
  } finally {
    file.close();
  }
}

export function isWhole(database: DatabaseSync): boolean {
  return database.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok';
}

/** Rows of `window`. */
export function countRows(database: DatabaseSync): number {
  return Number(database.prepare('SELECT count(*) AS rows FROM window').get()?.rows);
}
