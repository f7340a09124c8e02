import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject } from 'node:crypto';
import { TachoError } from '@tacho/core';
import { TAG_BYTES } from './envelope.ts';
import { NONCE_BYTES } from './nonces.ts';
import { KEY_BYTES, KEY_ID_BYTES } from './subkeys.ts';

/**
 * A whole file, encrypted so that no more than a chunk of it need be in memory:
 *
 * ```
 * "TACHOENC" │ 1 │ key id, 8 bytes │ salt, 32 bytes │ chunk │ chunk │ …
 * ```
 *
 * A chunk is 65,536 bytes of the file, the last one fewer where they do not suffice, and a tag of 16. Chunks are
 * encrypted by AES-256-GCM under a key derived for this one file, by HKDF-SHA-256 with the salt. A chunk's nonce is
 * its number, from 0; its associated data are the header, the number in eight bytes, big-endian, and 1 for the last
 * chunk or 0. So none can be changed, moved, left out, repeated or cut off, nor taken from another file.
 */
const MAGIC = Buffer.from('TACHOENC');
const VERSION = 1;
export const SALT_BYTES = 32;
export const CHUNK_BYTES = 65_536;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
const KEY_ID_AT = MAGIC.length + 1;
const SALT_AT = KEY_ID_AT + KEY_ID_BYTES;
export const HEADER_BYTES = SALT_AT + SALT_BYTES;

/** Whether a file that begins so is sealed. @param beginning its first bytes, from eight up */
export function isSealedFile(beginning: Uint8Array): boolean {
  return MAGIC.equals(beginning.subarray(0, MAGIC.length));
}

export function headerOf(keyId: Uint8Array, salt: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([MAGIC, [VERSION], keyId, salt].map((part) => Uint8Array.from(part))));
}

/** The id of the key that the file needs. @throws TachoError TACHO_BAD_DATA */
export function keyIdInHeader(header: Uint8Array): Uint8Array {
  if (!isSealedFile(header)) throw damagedFile('it does not begin as one');
  if (header.length < HEADER_BYTES) throw damagedFile('it is cut short');
  if (header[MAGIC.length] !== VERSION) throw damagedFile('its version is unknown');
  return header.subarray(KEY_ID_AT, SALT_AT);
}

/** Encrypts or decrypts the chunks of one file, in their order. */
export class FileCipher {
  readonly #header: Uint8Array;
  readonly #key: Uint8Array;
  #number = 0;

  constructor(header: Uint8Array, secret: KeyObject) {
    this.#header = header;
    this.#key = new Uint8Array(
      hkdfSync('sha256', secret, header.subarray(SALT_AT), 'tacho 1 one file', KEY_BYTES),
    );
  }

  seal(plain: Uint8Array, isLast: boolean): Uint8Array[] {
    const { nonce, associated } = this.#next(isLast);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(associated);
    const ciphertext = cipher.update(plain);
    cipher.final();
    return [ciphertext, cipher.getAuthTag()];
  }

  /** @throws TachoError TACHO_BAD_DATA */
  open(sealed: Uint8Array, isLast: boolean): Uint8Array {
    const tagAt = sealed.length - TAG_BYTES;
    if (tagAt < 0) throw damagedFile('it is cut short');
    const { nonce, associated } = this.#next(isLast);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(associated).setAuthTag(sealed.subarray(tagAt));
    const plain = decipher.update(sealed.subarray(0, tagAt));
    try {
      decipher.final();
    } catch (cause) {
      throw damagedFile(isLast ? 'its end is changed or cut off' : 'a part of it is changed', cause);
    }
    return plain;
  }

  #next(isLast: boolean): { nonce: Uint8Array; associated: Uint8Array } {
    const nonce = Buffer.alloc(NONCE_BYTES);
    nonce.writeBigUInt64BE(BigInt(this.#number), NONCE_BYTES - 8);
    this.#number += 1;
    return {
      nonce,
      associated: Buffer.concat([this.#header, nonce.subarray(-8), Buffer.of(isLast ? 1 : 0)]),
    };
  }
}

export function damagedFile(what: string, cause?: unknown): TachoError {
  return new TachoError('TACHO_BAD_DATA', `a sealed file is damaged: ${what}`, { cause });
}
