import { closeSync, lstatSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
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
  if (mkdirSync(folder, { recursive: true, mode: FOLDER_MODE }) === undefined) return;
  createPrivateFile(join(folder, '.gitignore'), '*\n');
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

/** Beside a file, so that it can be renamed into its place. @param salt makes the name one that nobody has */
export function besideName(path: string, label: string, salt: string): string {
  return join(dirname(path), `.${label}-${salt}`);
}
