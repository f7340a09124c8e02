import { closeSync, fsyncSync, linkSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { TachoError } from '@tacho/core';
import { COMPANIONS, compactUtc } from '../file/move-aside.ts';
import { createPrivateFile } from '../file/private-files.ts';
import { storeError, systemCode } from '../file/sqlite-error.ts';
import type { ToolContext } from './tool-context.ts';

/**
 * Has a file written under a name of its own beside the path, and gives it its name once it is whole and on the
 * disk. Where the work fails, nothing is left of it.
 *
 * @param write gets the path of an empty file, for its owner alone
 * @param publish gives the file its name
 */
export function withTemporaryFile<Result>(
  path: string,
  context: ToolContext,
  write: (temporary: string) => Result,
  publish: (temporary: string) => void,
): Result {
  const temporary = createBeside(path, context);
  try {
    const result = write(temporary);
    sync(temporary);
    publish(temporary);
    syncFolder(dirname(path));
    return result;
  } finally {
    removeFile(temporary);
  }
}

/** Never overwrites. @returns false where something has the name already */
export function publishNew(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST' || exists(path)) return false;
    renameSync(temporary, path);
    return true;
  }
}

/** @throws TachoError `TACHO_STORE_UNAVAILABLE` where something has the name */
export function assertVacant(path: string): void {
  if (exists(path)) throw taken(path);
}

export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function createBeside(path: string, context: ToolContext): string {
  const stem = join(dirname(path), `.${basename(path)}-${compactUtc(context.nowMs)}`);
  for (let count = 1; ; count++) {
    const name = `${stem}-${count}.tmp`;
    try {
      if (!createPrivateFile(name)) continue;
    } catch (error) {
      throw storeError(error, dirname(path));
    }
    context.temporary(name);
    return name;
  }
}

function removeFile(path: string): void {
  for (const name of [path, ...COMPANIONS.map((companion) => path + companion)])
    rmSync(name, { force: true });
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** So that the name is on the disk as well, on file systems that keep it apart. */
function syncFolder(folder: string): void {
  try {
    sync(folder);
  } catch {
    return;
  }
}

export function taken(path: string): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', `${path}: something has this name already`, {
    hint: 'Give another name.',
  });
}
