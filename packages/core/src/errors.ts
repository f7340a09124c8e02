/**
 * Every error that tacho throws on purpose. `code` is stable and for programs; `message` names the option,
 * the value seen and what is allowed; `hint` is the remedy, where there is one to give.
 */
export type TachoErrorCode =
  /** An option has a value, a type or a name that is not allowed. */
  | 'TACHO_BAD_OPTION'
  /** Stored or received bytes are not what their format says. */
  | 'TACHO_BAD_DATA'
  /** The store can't be read or written now. */
  | 'TACHO_STORE_UNAVAILABLE'
  /** There is no store's file at the path. */
  | 'TACHO_STORE_MISSING'
  /** Another process keeps the file locked. */
  | 'TACHO_STORE_LOCKED'
  /** The file is damaged, or no store's file. */
  | 'TACHO_STORE_CORRUPT'
  /** The file was written by a later version of tacho. */
  | 'TACHO_STORE_NEWER'
  /** The file, or a part of it, is encrypted, and no key was given. */
  | 'TACHO_STORE_ENCRYPTED'
  /** A key was given, but not the one that the file, or a part of it, is encrypted with. */
  | 'TACHO_STORE_WRONG_KEY';

export class TachoError extends Error {
  readonly code: TachoErrorCode;
  readonly hint: string | undefined;

  constructor(code: TachoErrorCode, message: string, details: { hint?: string; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'TachoError';
    this.code = code;
    this.hint = details.hint;
  }
}
