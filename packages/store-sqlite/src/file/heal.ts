import { TachoError } from '@tacho/core';
import { type FileIdentity, identityOf, isStillAt } from './file-identity.ts';
import { moveAside } from './move-aside.ts';
import { openStoreFile, type StoreFile, type StoreFileOptions } from './open-store-file.ts';

export interface HealedFile {
  readonly file: StoreFile;
  /** Where the damaged file is that stood in the way; undefined where none did. */
  readonly movedTo: string | undefined;
  /** What was wrong with it. */
  readonly because: TachoError | undefined;
}

/**
 * Opens the file and, where it is damaged, moves it aside and begins a new one. Of several processes that find it
 * damaged at once, one moves it; the others open what that one began.
 *
 * @throws TachoError as `openStoreFile` does, but for `TACHO_STORE_CORRUPT`
 */
export function openHealing(path: string, options: StoreFileOptions, nowMs: number): HealedFile {
  const found = identityIfAny(path);
  try {
    return { file: openStoreFile(path, options), movedTo: undefined, because: undefined };
  } catch (error) {
    if (!(error instanceof TachoError) || error.code !== 'TACHO_STORE_CORRUPT' || found === undefined)
      throw error;
    const movedTo = isStillAt(path, found) ? moveOnce(path, nowMs) : undefined;
    return { file: openStoreFile(path, options), movedTo, because: error };
  }
}

/** @returns undefined where somebody else was quicker */
function moveOnce(path: string, nowMs: number): string | undefined {
  try {
    return moveAside(path, nowMs);
  } catch (error) {
    if (error instanceof TachoError && error.code === 'TACHO_STORE_MISSING') return undefined;
    throw error;
  }
}

function identityIfAny(path: string): FileIdentity | undefined {
  try {
    return identityOf(path);
  } catch {
    return undefined;
  }
}
