import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { TachoError } from '@tacho/core';

/** AES-256 and what everything else is derived from. */
export const KEY_BYTES = 32;

export const KEY_ID_BYTES = 8;

/** What one key is used as: never as itself, so that no use of it tells anything about another. */
export interface Subkeys {
  /** 8 bytes that name the key in what it has sealed, and tell nothing of it. */
  readonly id: Uint8Array;
  readonly payload: KeyObject;
  readonly mac: KeyObject;
  readonly digest: KeyObject;
  readonly file: KeyObject;
}

/**
 * HKDF-SHA-256 (RFC 5869) without a salt, one info text for each use.
 *
 * @throws TachoError TACHO_BAD_OPTION unless the key is 32 bytes. Its bytes are not kept
 */
export function deriveSubkeys(key: Uint8Array): Subkeys {
  if (key.length !== KEY_BYTES)
    throw new TachoError('TACHO_BAD_OPTION', `an encryption key has ${key.length} bytes; allowed: 32`);
  return {
    id: derive(key, 'key id').subarray(0, KEY_ID_BYTES),
    payload: createSecretKey(derive(key, 'payload')),
    mac: createSecretKey(derive(key, 'mac')),
    digest: createSecretKey(derive(key, 'digest')),
    file: createSecretKey(derive(key, 'file')),
  };
}

function derive(key: Uint8Array, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `tacho 1 ${use}`, KEY_BYTES));
}
