import { DatabaseSync } from 'node:sqlite';
import type { RepairResult } from '@tacho/store';
import { Sealings } from '../engine/sealings.ts';
import { openStoreFile } from '../file/open-store-file.ts';
import { checkedPath, sizeOf } from '../file/private-files.ts';
import { sqliteCode, storeError } from '../file/sqlite-error.ts';
import { PageSource } from '../salvage/page-source.ts';
import { Salvage, type Salvaged } from '../salvage/salvage.ts';
import { TOOL_BUSY_TIMEOUT_MS } from './check-copy.ts';
import { Place } from './place.ts';
import { withTemporaryFile } from './temporary-file.ts';
import type { ToolContext } from './tool-context.ts';

export interface RepairArguments {
  /** The store's file, or one that was moved aside as corrupt: that one is repaired into the store's place. */
  readonly file: string;
}

const LABEL = 'before-repair';
const MOVED_ASIDE = /\.corrupt-\d{8}T\d{6}Z(-\d+)?$/;

/**
 * Copies every row that can be read into a new file, and puts that in the store's place. What was there is moved
 * aside, as is the damaged file, unless it was moved aside before. A store that is whole is left alone.
 *
 * @throws TachoError, and then everything is as it was
 */
export function repair({ file }: RepairArguments, context: ToolContext): RepairResult {
  const damaged = checkedPath(file);
  const path = damaged.replace(MOVED_ASIDE, '');
  try {
    rollBackJournal(damaged);
    const isSound = inspect(damaged, context);
    return salvageInto(path, damaged, isSound && path === damaged, context);
  } catch (error) {
    throw storeError(error, damaged);
  }
}

/** @param isSound whether SQLite finds nothing wrong with the file, which is in its place */
function salvageInto(path: string, damaged: string, isSound: boolean, context: ToolContext): RepairResult {
  const source = new PageSource(damaged);
  try {
    const place = new Place(path);
    try {
      source.load();
      let salvaged: Salvaged = { rows: 0, damaged: 0 };
      let previous: string | undefined;
      withTemporaryFile(
        path,
        context,
        (temporary) => {
          salvaged = salvage(source, temporary, context);
        },
        (temporary) => {
          if (isSound && salvaged.damaged === 0) return;
          previous = place.take(temporary, LABEL, context.nowMs) ?? damaged;
        },
      );
      return { path, ...salvaged, previous };
    } finally {
      place.leave();
    }
  } finally {
    source.close();
  }
}

function salvage(source: PageSource, temporary: string, { keyring, report }: ToolContext): Salvaged {
  const copy = openStoreFile(temporary, { mode: 'create', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
  try {
    return new Salvage(source, copy.database, keyring).run(report);
  } finally {
    copy.close();
  }
}

/**
 * @returns whether SQLite finds nothing wrong with it
 * @throws TachoError for what is no damage: no file, a later version's, another program's, another key's
 */
function inspect(path: string, { keyring }: ToolContext): boolean {
  try {
    const file = openStoreFile(path, { mode: 'read-only', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
    try {
      new Sealings(file.database, keyring).assertReadable();
      return file.database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check === 'ok';
    } finally {
      file.close();
    }
  } catch (error) {
    const { code } = storeError(error, path);
    if (code === 'TACHO_STORE_CORRUPT') return false;
    throw error;
  }
}

/** SQLite undoes what a process left half done as soon as it reads a file, if it can. */
function rollBackJournal(path: string): void {
  if (sizeOf(`${path}-journal`) === 0) return;
  const database = new DatabaseSync(path);
  try {
    database.prepare('PRAGMA user_version').get();
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
  } finally {
    database.close();
  }
}
