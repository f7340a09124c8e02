import { closeSync, existsSync, lstatSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TachoError } from '@tacho/core';
import { systemCode } from './sqlite-error.ts';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** @throws TachoError `TACHO_BAD_OPTION` for what can't name a file */
export function checkedPath(path: string): string {
  if (path === '' || path.includes('\0')) {
    const seen = path === '' ? 'empty' : JSON.stringify(path);
    throw new TachoError('TACHO_BAD_OPTION', `The store's path is ${seen}; expected the path of a file.`);
  }
  return resolve(path);
}

/** Makes the folder where it is missing, for its owner alone and out of Git's sight. */
export function makePrivateFolder(folder: string): void {
  if (makeFolders(folder)) createPrivateFile(join(folder, '.gitignore'), '*\n');
}

/**
 * Not by `recursive`, which never returns in folders where nothing can be made, such as Linux's `/proc`.
 *
 * @returns false where the folder was there
 */
function makeFolders(folder: string): boolean {
  if (existsSync(folder)) return false;
  if (dirname(folder) !== folder) makeFolders(dirname(folder));
  try {
    mkdirSync(folder, FOLDER_MODE);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST' && existsSync(folder)) return false;
    const reason = systemCode(error) ?? 'unexpected error';
    throw new TachoError('TACHO_STORE_UNAVAILABLE', `${folder}: the folder cannot be made: ${reason}`, {
      cause: error,
    });
  }
}

/**
 * Creates the file for its owner alone, and never through a symbolic link.
 *
 * @returns false where something stands there already, which is left as it is
 */
export function createPrivateFile(path: string, content?: string): boolean {
  try {
    const file = openSync(path, 'wx', FILE_MODE);
    try {
      if (content !== undefined) writeFileSync(file, content);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Bytes; 0 where there is no such file. */
export function sizeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
