import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { TachoError } from '@tacho/core';
import { systemCode } from './failure-reason.ts';

/** A key file as it is now. */
export interface KeyFileContent {
  readonly text: string;
  /** Changes whenever the file is replaced or written. */
  readonly identity: string;
  /** Others than the owner could read or write it, or still can. Windows has no such modes. */
  readonly exposed: 'no' | 'until now' | 'still';
}

export const KEY_FILE_MODE = 0o600;

const OTHERS = 0o077;

/** No key file comes near. */
const MAX_BYTES = 1024 * 1024;

/** How a file system says that it has no hard links. */
const NO_LINKS: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
]);

/**
 * Never follows a symbolic link, and waits for no pipe.
 * @param repair takes the rights of others away, where there are any and we may
 * @returns undefined where there is no file
 */
export function readKeyFile(path: string, repair = true): KeyFileContent | undefined {
  const file = openForReading(path);
  if (file === undefined) return undefined;
  try {
    const status = fstatSync(file, { bigint: true });
    if (!status.isFile() || status.size > MAX_BYTES)
      throw unusable('it is no regular file, or too large a one');
    const isExposed = process.platform !== 'win32' && (Number(status.mode) & OTHERS) !== 0;
    const exposed = isExposed ? (repair && takeFromOthers(file) ? 'until now' : 'still') : 'no';
    return { text: readFileSync(file, 'utf8'), identity: identityOf(status), exposed };
  } finally {
    closeSync(file);
  }
}

/** Without reading it. @returns undefined where there is no file */
export function keyFileIdentity(path: string): string | undefined {
  const status = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return status && identityOf(status);
}

/**
 * Whole or not at all, and never over another file.
 * @returns false where something stands at the path already
 */
export function createKeyFile(path: string, text: string): boolean {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeDurably(temporary, text);
    publish(temporary, path, text);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    remove(temporary);
  }
}

/**
 * Out of the way, with its content. A file that another process has put there meanwhile stays.
 * @param identity of the file to be moved
 */
export function moveKeyFileAside(path: string, identity: string, nowMs: number): string {
  const utc = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const aside = `${path}.corrupt-${utc}`;
  if (keyFileIdentity(path) === identity) renameSync(path, aside);
  return aside;
}

/** @throws what `open` throws, `ELOOP` for a symbolic link */
function openForReading(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** @returns false where the file is another user's */
function takeFromOthers(file: number): boolean {
  try {
    fchmodSync(file, KEY_FILE_MODE);
    return true;
  } catch {
    return false;
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', KEY_FILE_MODE);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function publish(temporary: string, path: string, text: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (!NO_LINKS.has(systemCode(error))) throw error;
    writeDurably(path, text);
  }
}

function unusable(why: string): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', why);
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made, or its folder is gone.
  }
}

function identityOf({
  dev,
  ino,
  size,
  mtimeNs,
}: {
  dev: bigint;
  ino: bigint;
  size: bigint;
  mtimeNs: bigint;
}): string {
  return `${dev}-${ino}-${size}-${mtimeNs}`;
}
