import { TachoError } from './errors.ts';

/** A writer starts small and doubles. */
const FIRST_CAPACITY = 1024;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Writes the building blocks of every stored format. Floats are little-endian. */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** LEB128: seven bits a byte, lowest first. @param value an integer from 0; 2^53−1 stands for anything larger */
  varint(value: number): void {
    this.#reserve(8);
    let rest = Math.min(value, Number.MAX_SAFE_INTEGER);
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** UTF-8 after its length in bytes. A lone surrogate becomes U+FFFD. */
  string(value: string): void {
    const utf8 = encoder.encode(value);
    this.varint(utf8.length);
    this.#reserve(utf8.length);
    this.#bytes.set(utf8, this.#length);
    this.#length += utf8.length;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + extra));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Reads what `ByteWriter` wrote. Whatever the bytes, a method returns a value or throws `TACHO_BAD_DATA`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 56; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
    }
    throw this.bad('an integer is larger than 2^53−1');
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  string(): string {
    const length = this.varint();
    const start = this.#take(length);
    try {
      return decoder.decode(this.#bytes.subarray(start, start + length));
    } catch (cause) {
      throw this.bad('a text is not UTF-8', cause);
    }
  }

  /** Throws unless every byte was read. */
  finish(): void {
    const left = this.#bytes.length - this.#offset;
    if (left > 0) throw this.bad(`${left} bytes follow the end`);
  }

  /** The error for bytes that are not what their format says. */
  bad(what: string, cause?: unknown): TachoError {
    return new TachoError('TACHO_BAD_DATA', `bad data before byte ${this.#offset}: ${what}`, { cause });
  }

  #take(length: number): number {
    const start = this.#offset;
    if (length > this.#bytes.length - start) throw this.bad('the data ends too early');
    this.#offset += length;
    return start;
  }
}
