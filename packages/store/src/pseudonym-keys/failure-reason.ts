import { TachoError } from '@tacho/core';

/** The operating system's error code, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Why a key file can't be used, in a few words that have nothing of the file in them. */
export function reasonOf(error: unknown): string {
  return error instanceof TachoError ? error.message : (systemCode(error) ?? 'for an unknown reason');
}
