import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { TachoError } from '@tacho/core';
import {
  CHECKED,
  damaged,
  ENCRYPTED,
  keyIdIn,
  openChecked,
  openEncrypted,
  sealChecked,
  sealEncrypted,
} from './envelope.ts';
import { FileCipher, headerOf, keyIdInHeader, SALT_BYTES } from './file-cipher.ts';
import { Nonces } from './nonces.ts';
import { FileOpener, FileSealer } from './sealed-file.ts';
import { deriveSubkeys, type Subkeys } from './subkeys.ts';

const CRC_BYTES = 4;
/** Half of HMAC-SHA-256, as RFC 2104 allows. */
const MAC_BYTES = 16;

/**
 * How payloads are protected where they are stored. Without a key, a CRC-32 tells damage. With keys, the first of
 * them encrypts and authenticates (AES-256-GCM), and all of them read. What was written before there was a key is
 * still read: whoever can write to the store could put it there, until everything is sealed anew.
 */
export class Keyring {
  readonly #keys: ReadonlyMap<string, Subkeys>;
  readonly #current: Subkeys | undefined;
  readonly #nonces = new Nonces();

  private constructor(keys: ReadonlyMap<string, Subkeys>) {
    this.#keys = keys;
    this.#current = keys.values().next().value;
  }

  /**
   * @param keys 32 bytes each: the first to write under, all of them to read. Empty for no encryption
   * @throws TachoError TACHO_BAD_OPTION
   */
  static of(keys: readonly Uint8Array[]): Keyring {
    const subkeys = keys.map(deriveSubkeys);
    return new Keyring(new Map(subkeys.map((derived) => [hex(derived.id), derived])));
  }

  /** Whether there is a key, so that what is sealed is encrypted. */
  get encrypts(): boolean {
    return this.#current !== undefined;
  }

  /** Whether there are keys that only read, for what was sealed before. */
  get readsEarlier(): boolean {
    return this.#keys.size > 1;
  }

  /** The 8 bytes that name the key to write under. */
  get currentKeyId(): Uint8Array | undefined {
    return this.#current?.id.slice();
  }

  /** Whether what is encrypted under this key can be read. */
  has(keyId: Uint8Array): boolean {
    return this.#keys.has(hex(keyId));
  }

  /**
   * The payload in its envelope (`envelope.ts`), which is fresh.
   *
   * @param associated says where the payload belongs; it opens with the same alone, and is not in the envelope
   */
  seal(plain: Uint8Array, associated: Uint8Array): Uint8Array {
    if (this.#current === undefined) return sealChecked(plain, associated);
    return sealEncrypted(plain, associated, this.#current, this.#nonces);
  }

  /**
   * @returns the payload, in memory of its own
   * @throws TachoError TACHO_BAD_DATA where a bit of it or of `associated` is another, TACHO_STORE_ENCRYPTED where
   * a key is needed and none was given, TACHO_STORE_WRONG_KEY where it is none of those given
   */
  open(sealed: Uint8Array, associated: Uint8Array): Uint8Array {
    if (sealed[0] === CHECKED) return openChecked(sealed, associated);
    if (sealed[0] !== ENCRYPTED) throw damaged('its version is unknown');
    return openEncrypted(sealed, associated, this.#keyOf(keyIdIn(sealed)));
  }

  /** Whether it is sealed as it would be now: under the key to write under, or under none where there is none. */
  isCurrent(sealed: Uint8Array): boolean {
    if (this.#current === undefined) return sealed[0] === CHECKED;
    return sealed[0] === ENCRYPTED && Buffer.compare(keyIdIn(sealed), this.#current.id) === 0;
  }

  /** A check of bytes that are stored in the clear: 4 bytes of CRC-32, or with a key 16 bytes of HMAC-SHA-256. */
  mac(bytes: Uint8Array): Uint8Array {
    return this.#current === undefined ? crcOf(bytes) : macOf(bytes, this.#current);
  }

  /** Whether the check is of these bytes, by whichever of the keys or, as written without a key, by its CRC-32. */
  verify(bytes: Uint8Array, mac: Uint8Array): boolean {
    if (mac.length === CRC_BYTES) return timingSafeEqual(crcOf(bytes), mac);
    if (mac.length !== MAC_BYTES) return false;
    return [...this.#keys.values()].some((key) => timingSafeEqual(macOf(bytes, key), mac));
  }

  /** Stands for a text that must be found but not read: its HMAC-SHA-256, or without a key its UTF-8. */
  digest(text: string): Uint8Array {
    return this.#current === undefined ? Buffer.from(text) : digestOf(text, this.#current);
  }

  /** Everything that `digest` may have given for the text: now, under older keys, and before there was one. */
  digests(text: string): readonly Uint8Array[] {
    return [...[...this.#keys.values()].map((key) => digestOf(text, key)), Buffer.from(text)];
  }

  /** Seals one file. @throws TachoError TACHO_BAD_OPTION where there is no key */
  fileSealer(): FileSealer {
    if (this.#current === undefined)
      throw new TachoError('TACHO_BAD_OPTION', 'a file can be sealed only with an encryption key');
    const header = headerOf(this.#current.id, randomBytes(SALT_BYTES));
    return new FileSealer(header, new FileCipher(header, this.#current.file));
  }

  /** Opens one file. What is wrong with it shows when it is read. */
  fileOpener(): FileOpener {
    return new FileOpener((header) => new FileCipher(header, this.#keyOf(keyIdInHeader(header)).file));
  }

  #keyOf(id: Uint8Array): Subkeys {
    const subkeys = this.#keys.get(hex(id));
    if (subkeys !== undefined) return subkeys;
    if (this.encrypts)
      throw new TachoError('TACHO_STORE_WRONG_KEY', 'encrypted with another key than those given');
    throw new TachoError('TACHO_STORE_ENCRYPTED', 'encrypted, and no key was given');
  }
}

function crcOf(bytes: Uint8Array): Uint8Array {
  const crc = new Uint8Array(CRC_BYTES);
  new DataView(crc.buffer).setUint32(0, crc32(bytes), true);
  return crc;
}

function macOf(bytes: Uint8Array, { mac }: Subkeys): Uint8Array {
  return createHmac('sha256', mac).update(bytes).digest().subarray(0, MAC_BYTES);
}

function digestOf(text: string, { digest }: Subkeys): Uint8Array {
  return createHmac('sha256', digest).update(text).digest();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
