import { Chunks } from './chunks.ts';
import { CHUNK_BYTES, type FileCipher, HEADER_BYTES, SEALED_CHUNK_BYTES } from './file-cipher.ts';

/** Seals a file portion by portion, in the format of `file-cipher.ts`. Made by `Keyring.fileSealer`. */
export class FileSealer {
  readonly #cipher: FileCipher;
  readonly #chunks = new Chunks(CHUNK_BYTES);
  readonly #ready: Uint8Array[];

  constructor(header: Uint8Array, cipher: FileCipher) {
    this.#cipher = cipher;
    this.#ready = [header];
  }

  /** @returns what is to be written next, perhaps nothing yet */
  add(plain: Uint8Array): Uint8Array {
    for (const chunk of this.#chunks.add(plain)) this.#ready.push(...this.#cipher.seal(chunk, false));
    return this.#take();
  }

  /** @returns what is to be written last. Without it the file does not open */
  end(): Uint8Array {
    this.#ready.push(...this.#cipher.seal(this.#chunks.last, true));
    return this.#take();
  }

  #take(): Uint8Array {
    return Buffer.concat(this.#ready.splice(0));
  }
}

/**
 * Opens a sealed file portion by portion. What it gives is what was sealed, in its order; that it is all of it, only
 * `end` can tell. Made by `Keyring.fileOpener`.
 */
export class FileOpener {
  readonly #cipherOf: (header: Uint8Array) => FileCipher;
  readonly #chunks = new Chunks(SEALED_CHUNK_BYTES);
  #header = new Uint8Array(0);
  #cipher: FileCipher | undefined;

  /** @param cipherOf throws where the header is none, or names a key that is not there */
  constructor(cipherOf: (header: Uint8Array) => FileCipher) {
    this.#cipherOf = cipherOf;
  }

  /**
   * @returns what is known of the file now, perhaps nothing yet
   * @throws TachoError TACHO_BAD_DATA, TACHO_STORE_ENCRYPTED, TACHO_STORE_WRONG_KEY
   */
  add(sealed: Uint8Array): Uint8Array {
    const rest = this.#takeHeader(sealed);
    const cipher = this.#cipher;
    if (cipher === undefined) return rest;
    const plain: Uint8Array[] = [];
    for (const chunk of this.#chunks.add(rest)) plain.push(cipher.open(chunk, false));
    return Buffer.concat(plain);
  }

  /** @returns the end of the file. @throws as `add` does, where it is not the end */
  end(): Uint8Array {
    const cipher = this.#cipher ?? this.#cipherOf(this.#header);
    return cipher.open(this.#chunks.last, true);
  }

  /** @returns what follows the header */
  #takeHeader(sealed: Uint8Array): Uint8Array {
    if (this.#cipher !== undefined) return sealed;
    const missing = HEADER_BYTES - this.#header.length;
    this.#header = new Uint8Array(Buffer.concat([this.#header, sealed.subarray(0, missing)]));
    if (this.#header.length === HEADER_BYTES) this.#cipher = this.#cipherOf(this.#header);
    return sealed.subarray(missing);
  }
}

/** A file's bytes, sealed portion by portion. */
export function* sealFile(
  sealer: FileSealer,
  portions: Iterable<Uint8Array>,
): Generator<Uint8Array, void, undefined> {
  for (const portion of portions) yield sealer.add(portion);
  yield sealer.end();
}

/** A sealed file's bytes, opened portion by portion; to be believed whole when it has ended. @throws as `add` */
export function* openFile(
  opener: FileOpener,
  portions: Iterable<Uint8Array>,
): Generator<Uint8Array, void, undefined> {
  for (const portion of portions) yield opener.add(portion);
  yield opener.end();
}
