import {
  closeSync,
  constants,
  fstatSync,
  opendirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { TachoError } from '@tacho/core';
import type { Keyring, WindowRow } from '@tacho/store';
import { systemCode } from '../file/sqlite-error.ts';
import { pendingFolder } from './pending-folder.ts';
import { decodePendingRows } from './pending-rows.ts';

/** How many names are looked at, at most, in a folder that may be full of anything. */
const MAX_NAMES = 1000;
const MAX_FILE_BYTES = 64 * 1024 * 1024;

export interface PendingImport {
  readonly storePath: string;
  readonly keyring: Keyring;
  /** Stores the rows; the file is removed once it has returned. */
  append(rows: readonly WindowRow[]): void;
  /** @param path where a file that could not be read is now */
  onDamaged(path: string): void;
}

/**
 * Takes in the rows that other processes left behind, of one file. Those under keys that were not given, or of a
 * later version, stay where they are.
 *
 * @returns whether there may be more files
 */
export function importPending(options: PendingImport): boolean {
  for (const path of pendingFiles(options.storePath)) {
    const rows = rowsIn(path, options);
    if (rows === undefined) continue;
    options.append(rows);
    unlinkSync(path);
    return true;
  }
  return false;
}

function pendingFiles(storePath: string): string[] {
  const folder = pendingFolder(storePath);
  try {
    const entries = opendirSync(folder);
    try {
      const paths: string[] = [];
      for (let seen = 0; seen < MAX_NAMES; seen++) {
        const entry = entries.readSync();
        if (entry === null) break;
        if (entry.isFile() && entry.name.endsWith('.rows')) paths.push(join(folder, entry.name));
      }
      return paths;
    } finally {
      entries.closeSync();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

/** @returns undefined where the file can't be taken in, now or ever */
function rowsIn(path: string, { keyring, onDamaged }: PendingImport): WindowRow[] | undefined {
  try {
    return decodePendingRows(read(path), keyring);
  } catch (error) {
    if (systemCode(error) !== undefined && !(error instanceof TachoError)) return undefined;
    if (error instanceof TachoError && error.code !== 'TACHO_BAD_DATA') return undefined;
    const aside = `${path}.damaged`;
    renameSync(path, aside);
    onDamaged(aside);
    return undefined;
  }
}

/** Never through a symbolic link, and never more than a process would have left. */
function read(path: string): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    if (fstatSync(file).size > MAX_FILE_BYTES)
      throw new TachoError('TACHO_BAD_DATA', 'more than a process leaves behind');
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
