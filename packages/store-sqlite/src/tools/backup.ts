import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { BackupResult } from '@tacho/store';
import { openStoreFile } from '../file/open-store-file.ts';
import { checkedPath } from '../file/private-files.ts';
import { storeError } from '../file/sqlite-error.ts';
import { checkCopy, TOOL_BUSY_TIMEOUT_MS } from './check-copy.ts';
import { assertVacant, publishNew, taken, withTemporaryFile } from './temporary-file.ts';
import type { ToolContext } from './tool-context.ts';

export interface BackupArguments {
  readonly file: string;
  /** Must not exist yet; its folder must. */
  readonly to: string;
}

/**
 * Copies the store as of one moment, while others write to it, and checks the copy before it gets its name. What is
 * sealed stays so: no key is needed.
 *
 * @throws TachoError
 */
export function backup({ file, to }: BackupArguments, context: ToolContext): BackupResult {
  const path = checkedPath(to);
  assertVacant(path);
  const source = openStoreFile(file, { mode: 'read-only', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
  try {
    const total = bytesIn(source.database);
    context.report(0, total);
    const rows = withTemporaryFile(
      path,
      context,
      (temporary) => copyInto(source.database, temporary, path, () => context.report(total / 2, total)),
      (temporary) => {
        if (!publishNew(temporary, path)) throw taken(path);
      },
    );
    context.report(total, total);
    return { path, bytes: statSync(path).size, rows };
  } catch (error) {
    throw storeError(error, path);
  } finally {
    source.close();
  }
}

/**
 * The database as of one moment, without its free pages.
 *
 * @param path named in errors
 * @param onCopied called before the copy is checked
 * @returns how many rows it holds
 */
export function copyInto(
  database: DatabaseSync,
  temporary: string,
  path: string,
  onCopied: () => void,
): number {
  database.exec('PRAGMA query_only = OFF');
  database.prepare('VACUUM INTO ?').run(temporary);
  onCopied();
  return checkCopy(temporary, path);
}

function bytesIn(database: DatabaseSync): number {
  const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count);
  return pages * Number(database.prepare('PRAGMA page_size').get()?.page_size);
}
