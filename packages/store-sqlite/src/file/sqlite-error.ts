import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { TachoError } from '@tacho/core';

/** SQLite's primary result codes. */
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const DISK_FULL = 'disk full';
/** Less than this, and an I/O error is the full disk's: SQLite has no code of its own for its shared memory. */
const NO_ROOM_BYTES = 128 * 1024;

/** @returns SQLite's primary result code; undefined where the error is not SQLite's */
export function sqliteCode(error: unknown): number | undefined {
  const code = propertyOf(error, 'errcode');
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** @returns the operating system's error code, such as `ENOENT` */
export function systemCode(error: unknown): string | undefined {
  const code = propertyOf(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

/**
 * What an error of SQLite or of the file system at a store's file is for those who use the store. A `TachoError`
 * stays as it is.
 */
export function storeError(error: unknown, path: string): TachoError {
  if (error instanceof TachoError) return error;
  const code = sqliteCode(error);
  return code === undefined ? fromSystem(error, path) : fromSqlite(code, error, path);
}

/** Whether it was for want of room that the store could not be written. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof TachoError && error.message.endsWith(DISK_FULL);
}

function fromSqlite(code: number, cause: unknown, path: string): TachoError {
  switch (code) {
    case BUSY:
    case LOCKED:
      return new TachoError('TACHO_STORE_LOCKED', `${path}: another process keeps the file locked`, {
        cause,
      });
    case CORRUPT:
    case NOT_A_DATABASE:
      return new TachoError('TACHO_STORE_CORRUPT', `${path}: the file is damaged, or no store's file`, {
        cause,
      });
    case FULL:
      return unavailable(path, DISK_FULL, cause);
    case IO_ERROR:
      return unavailable(path, isWithoutRoom(path) ? DISK_FULL : 'input/output error', cause);
    case READ_ONLY:
      return unavailable(path, 'the file can only be read', cause);
    case CANNOT_OPEN:
      return unavailable(path, 'the file cannot be opened', cause);
    default:
      return unavailable(path, 'SQLite failed', cause);
  }
}

function fromSystem(cause: unknown, path: string): TachoError {
  const code = systemCode(cause);
  if (code === 'ENOENT')
    return new TachoError('TACHO_STORE_MISSING', `${path}: there is no such file`, { cause });
  if (code === 'ENOSPC' || code === 'EDQUOT') return unavailable(path, DISK_FULL, cause);
  return unavailable(path, code ?? 'unexpected error', cause);
}

function unavailable(path: string, reason: string, cause: unknown): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', `${path}: ${reason}`, { cause });
}

function isWithoutRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < NO_ROOM_BYTES;
  } catch {
    return false;
  }
}

/** Errors of Node's may be of another realm, where no `instanceof` knows them. */
function propertyOf(error: unknown, name: 'code' | 'errcode'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
