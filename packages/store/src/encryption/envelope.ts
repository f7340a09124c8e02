import { createCipheriv, createDecipheriv } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { TachoError } from '@tacho/core';
import { NONCE_BYTES, type Nonces } from './nonces.ts';
import { KEY_ID_BYTES, type Subkeys } from './subkeys.ts';

/**
 * What stands around a stored payload. The first byte is the envelope's version:
 *
 * ```
 * 1  │ CRC-32, 4 bytes, little-endian │ payload
 * 2  │ key id, 8 bytes │ nonce, 12 bytes │ AES-256-GCM of the payload │ tag, 16 bytes
 * ```
 *
 * The CRC-32 begins at the length of the associated data, and is over them and the payload. The tag is over the
 * first nine bytes, the associated data and the payload.
 */
export const CHECKED = 1;
export const ENCRYPTED = 2;

const CRC_BYTES = 4;
export const TAG_BYTES = 16;
const KEY_ID_AT = 1;
const NONCE_AT = KEY_ID_AT + KEY_ID_BYTES;
const CIPHERTEXT_AT = NONCE_AT + NONCE_BYTES;

export function sealChecked(plain: Uint8Array, associated: Uint8Array): Uint8Array {
  const sealed = new Uint8Array(1 + CRC_BYTES + plain.length);
  sealed[0] = CHECKED;
  viewOf(sealed).setUint32(1, checksum(plain, associated), true);
  sealed.set(plain, 1 + CRC_BYTES);
  return sealed;
}

/** @throws TachoError TACHO_BAD_DATA */
export function openChecked(sealed: Uint8Array, associated: Uint8Array): Uint8Array {
  if (sealed.length < 1 + CRC_BYTES) throw damaged('it is cut short');
  const plain = sealed.slice(1 + CRC_BYTES);
  if (viewOf(sealed).getUint32(1, true) !== checksum(plain, associated))
    throw damaged('its checksum is wrong');
  return plain;
}

export function sealEncrypted(
  plain: Uint8Array,
  associated: Uint8Array,
  subkeys: Subkeys,
  nonces: Nonces,
): Uint8Array {
  const sealed = new Uint8Array(CIPHERTEXT_AT + plain.length + TAG_BYTES);
  sealed[0] = ENCRYPTED;
  sealed.set(subkeys.id, KEY_ID_AT);
  nonces.writeTo(sealed, NONCE_AT);
  const nonce = sealed.subarray(NONCE_AT, CIPHERTEXT_AT);
  const cipher = createCipheriv('aes-256-gcm', subkeys.payload, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(sealed.subarray(0, NONCE_AT)).setAAD(associated);
  sealed.set(cipher.update(plain), CIPHERTEXT_AT);
  cipher.final();
  sealed.set(cipher.getAuthTag(), sealed.length - TAG_BYTES);
  return sealed;
}

/** @throws TachoError TACHO_BAD_DATA */
export function openEncrypted(sealed: Uint8Array, associated: Uint8Array, subkeys: Subkeys): Uint8Array {
  const tagAt = sealed.length - TAG_BYTES;
  if (tagAt < CIPHERTEXT_AT) throw damaged('it is cut short');
  const nonce = sealed.subarray(NONCE_AT, CIPHERTEXT_AT);
  const decipher = createDecipheriv('aes-256-gcm', subkeys.payload, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(sealed.subarray(0, NONCE_AT)).setAAD(associated).setAuthTag(sealed.subarray(tagAt));
  const plain = new Uint8Array(decipher.update(sealed.subarray(CIPHERTEXT_AT, tagAt)));
  try {
    decipher.final();
  } catch (cause) {
    throw damaged('its tag is wrong', cause);
  }
  return plain;
}

/** Names the key that a payload was encrypted under. @throws TachoError TACHO_BAD_DATA */
export function keyIdIn(sealed: Uint8Array): Uint8Array {
  if (sealed.length < CIPHERTEXT_AT + TAG_BYTES) throw damaged('it is cut short');
  return sealed.subarray(KEY_ID_AT, NONCE_AT);
}

export function damaged(what: string, cause?: unknown): TachoError {
  return new TachoError('TACHO_BAD_DATA', `a sealed payload is damaged: ${what}`, { cause });
}

/** Begins at a length, so that bytes can't pass from the associated data into the payload. */
function checksum(plain: Uint8Array, associated: Uint8Array): number {
  return crc32(plain, crc32(associated, associated.length));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
