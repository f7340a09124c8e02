import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { TachoError } from '@tacho/core';
import { ENCRYPTION_KEY_TEXT, MAX_ENCRYPTION_KEYS, parseEncryptionKey } from './encryption-key.ts';

export interface EncryptionKeyFile {
  /** The first to write under. At least one. */
  readonly keys: readonly Uint8Array[];
  /** Whether others than the file's owner may read or write it. Never so on Windows, which has no such modes. */
  readonly exposed: boolean;
}

/** More than 8 keys with blanks around them. Whatever is larger is something else. */
const MAX_BYTES = 16_384;

const OTHERS = 0o077;

/**
 * Keys of a file, one a line: the first writes, all read. Blank lines are passed over.
 *
 * @throws TachoError TACHO_BAD_OPTION that says what is wrong with the file, without its path and its content
 */
export function readEncryptionKeyFile(path: string): EncryptionKeyFile {
  const { text, mode } = readSmallFile(path);
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const keys = lines.flatMap((line, index) => keyIn(line.trim(), index + 1));
  if (keys.length === 0) throw bad('has no key in it');
  if (keys.length > MAX_ENCRYPTION_KEYS)
    throw bad(`has ${keys.length} keys in it; allowed: at most ${MAX_ENCRYPTION_KEYS}`);
  return { keys, exposed: process.platform !== 'win32' && (mode & OTHERS) !== 0 };
}

function keyIn(line: string, lineNumber: number): Uint8Array[] {
  if (line === '') return [];
  const key = parseEncryptionKey(line);
  if (key === undefined) throw bad(`has no key in line ${lineNumber}; allowed: ${ENCRYPTION_KEY_TEXT}`);
  return [key];
}

function readSmallFile(path: string): { text: string; mode: number } {
  const file = attempt(() => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  try {
    const status = attempt(() => fstatSync(file));
    if (!status.isFile()) throw bad('is no regular file');
    const bytes = Buffer.alloc(MAX_BYTES + 1);
    const length = attempt(() => readWhole(file, bytes));
    if (length > MAX_BYTES) throw bad(`is larger than ${MAX_BYTES} bytes`);
    return { text: bytes.toString('utf8', 0, length), mode: status.mode };
  } finally {
    closeSync(file);
  }
}

/** @returns how much there is of it, or how much there is room for */
function readWhole(file: number, bytes: Uint8Array): number {
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}

function attempt<T>(step: () => T): T {
  try {
    return step();
  } catch (cause) {
    const code = (cause as { readonly code?: unknown } | null)?.code;
    throw bad(`can't be read${typeof code === 'string' ? `: ${code}` : ''}`, cause);
  }
}

function bad(what: string, cause?: unknown): TachoError {
  return new TachoError('TACHO_BAD_OPTION', `the key file ${what}`, { cause });
}
