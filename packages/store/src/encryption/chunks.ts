/** Cuts bytes that arrive in any portions into chunks of one size. Holds one chunk. */
export class Chunks {
  readonly #chunk: Uint8Array;
  #length = 0;

  constructor(size: number) {
    this.#chunk = new Uint8Array(size);
  }

  /** Yields whole chunks that more bytes follow, so that none of them is the last. Each holds until the next step. */
  *add(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
    let taken = 0;
    while (taken < bytes.length) {
      if (this.#length === this.#chunk.length) {
        yield this.#chunk;
        this.#length = 0;
      }
      const portion = bytes.subarray(taken, taken + this.#chunk.length - this.#length);
      this.#chunk.set(portion, this.#length);
      this.#length += portion.length;
      taken += portion.length;
    }
  }

  /** What no more bytes follow: a whole chunk or less. */
  get last(): Uint8Array {
    return this.#chunk.subarray(0, this.#length);
  }
}
