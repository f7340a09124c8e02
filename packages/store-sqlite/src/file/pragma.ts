import type { DatabaseSync } from 'node:sqlite';

export type NumberPragma = 'application_id' | 'busy_timeout' | 'max_page_count' | 'user_version';

/**
 * The one place where a value becomes part of an SQL text, because a PRAGMA takes no bound values. Only a whole
 * number gets there.
 */
export function setPragma(database: DatabaseSync, name: NumberPragma, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} is ${value}`);
  database.exec(['PRAGMA', name, '=', value].join(' '));
}

export function applicationId(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA application_id').get()?.application_id);
}

export function userVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
