import { randomFillSync } from 'node:crypto';

/** What GCM takes as it is (NIST SP 800-38D, 8.2.2): 96 random bits. */
export const NONCE_BYTES = 12;

/** Nonces drawn at once: the generator costs more a call than a byte. */
const DRAWN = 256;

/**
 * Random nonces, each given out once. Two of 2^32 drawn under one key are the same with a chance of 2^-33, which
 * is what NIST allows.
 */
export class Nonces {
  readonly #drawn = new Uint8Array(DRAWN * NONCE_BYTES);
  #used = DRAWN;

  /** @param at where in `target` its 12 bytes are written */
  writeTo(target: Uint8Array, at: number): void {
    if (this.#used === DRAWN) {
      randomFillSync(this.#drawn);
      this.#used = 0;
    }
    const start = this.#used * NONCE_BYTES;
    this.#used += 1;
    target.set(this.#drawn.subarray(start, start + NONCE_BYTES), at);
  }
}
