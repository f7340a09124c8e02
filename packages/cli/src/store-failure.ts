import { TachoError, type TachoErrorCode } from '@tacho/core';
import { CommandError } from './command-error.ts';
import { EXIT_CODES } from './exit-codes.ts';

const EXIT_CODE_OF: Readonly<Partial<Record<TachoErrorCode, number>>> = {
  TACHO_BAD_OPTION: EXIT_CODES.usage,
  TACHO_STORE_MISSING: EXIT_CODES.missing,
  TACHO_STORE_LOCKED: EXIT_CODES.locked,
  TACHO_STORE_CORRUPT: EXIT_CODES.corrupt,
  TACHO_STORE_NEWER: EXIT_CODES.newer,
  TACHO_STORE_ENCRYPTED: EXIT_CODES.encrypted,
  TACHO_STORE_WRONG_KEY: EXIT_CODES.wrongKey,
};

const KEY_HINT = 'Give its key in TACHO_ENCRYPTION_KEY or TACHO_ENCRYPTION_KEY_FILE.';

/** The remedy where the error names none. */
const HINT_OF: Readonly<Partial<Record<TachoErrorCode, string>>> = {
  TACHO_STORE_LOCKED: 'Try again once that has ended.',
  TACHO_STORE_NEWER: 'Update tacho.',
  TACHO_STORE_ENCRYPTED: KEY_HINT,
  TACHO_STORE_WRONG_KEY: KEY_HINT,
};

const MISSING_HINT = 'Say with --store or TACHO_STORE where it is.';

/**
 * What a command ends with when the work on a file failed; a mistake of ours stays what it is.
 * @param store the path of the store's file, where the command works on one
 */
export function storeFailure(error: unknown, store?: string): unknown {
  if (!(error instanceof TachoError)) return error;
  const { code, message } = error;
  const isStoreMissing = code === 'TACHO_STORE_MISSING' && store !== undefined && message.startsWith(store);
  const hint = error.hint ?? (isStoreMissing ? MISSING_HINT : HINT_OF[code]);
  const told = hint === undefined ? message : `${message.replace(/\.$/, '')}. ${hint}`;
  return new CommandError(EXIT_CODE_OF[code] ?? EXIT_CODES.failed, told);
}
