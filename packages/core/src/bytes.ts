import { TachoError } from './errors.ts';

/** A writer starts small and doubles. */
const FIRST_CAPACITY = 1024;
/** A writer that is used again lets go of a larger buffer. */
const KEPT_CAPACITY = 1 << 20;
/** The most bytes of UTF-8 that a UTF-16 unit takes. */
const MAX_BYTES_A_UNIT = 3;
const ENDS_EARLY = 'the data ends too early';
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Writes the building blocks of every stored format. Floats are little-endian. */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Bytes written. */
  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** LEB128: seven bits a byte, lowest first. @param value an integer from 0; 2^53−1 stands for anything larger */
  varint(value: number): void {
    this.#reserve(8);
    if (value < 0x80) this.#bytes[this.#length++] = value;
    else this.#longVarint(value);
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** As they are, without their number. */
  bytes(values: Uint8Array): void {
    this.#reserve(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** UTF-8 after its length in bytes. A lone surrogate becomes U+FFFD. */
  string(value: string): void {
    this.#reserve(8 + MAX_BYTES_A_UNIT * value.length);
    const start = this.#length;
    this.varint(value.length);
    const bytes = this.#bytes;
    let end = this.#length;
    for (let unit = 0; unit < value.length; unit++) {
      const code = value.charCodeAt(unit);
      if (code >= 0x80) {
        this.#length = start;
        this.#anyString(value);
        return;
      }
      bytes[end++] = code;
    }
    this.#length = end;
  }

  /** Sets bits of a byte that was written. */
  setBits(at: number, bits: number): void {
    this.#bytes[at] = this.#bytes[at]! | bits;
  }

  /** Takes back what was written past the first `length` bytes. */
  truncate(length: number): void {
    this.#length = length;
  }

  /** A copy of what was written. The writer is empty then, and may be used again. */
  finish(): Uint8Array {
    const written = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    if (this.#bytes.length > KEPT_CAPACITY) this.#resize(FIRST_CAPACITY);
    return written;
  }

  #longVarint(value: number): void {
    let rest = Math.min(value, Number.MAX_SAFE_INTEGER);
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  #anyString(value: string): void {
    const utf8 = encoder.encode(value);
    this.varint(utf8.length);
    this.bytes(utf8);
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return;
    this.#resize(Math.max(2 * this.#bytes.length, this.#length + extra));
  }

  #resize(capacity: number): void {
    const bytes = new Uint8Array(capacity);
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
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

  /** Bytes read. */
  get offset(): number {
    return this.#offset;
  }

  /** Goes back to an earlier `offset`, to read the same again. */
  rewind(offset: number): void {
    this.#offset = offset;
  }

  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  varint(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined || byte >= 0x80) return this.#longVarint();
    this.#offset++;
    return byte;
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  skip(length: number): void {
    this.#take(length);
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

  /** The sum of the next `length` bytes. */
  sumOfBytes(length: number): number {
    const bytes = this.#bytes;
    const start = this.#take(length);
    const end = start + length;
    let sum = 0;
    for (let at = start; at < end; at++) sum += bytes[at]!;
    return sum;
  }

  /** Adds each of the next `length` bytes to a number of `into`, beginning with `into[first]`. */
  addBytes(length: number, into: Uint32Array | Float64Array, first: number): void {
    const bytes = this.#bytes;
    const start = this.#take(length);
    const end = start + length;
    for (let at = start, index = first; at < end; at++, index++) into[index] = into[index]! + bytes[at]!;
  }

  /** The same, with each byte times `scale`. */
  addScaledBytes(length: number, scale: number, into: Uint32Array | Float64Array, first: number): void {
    const bytes = this.#bytes;
    const start = this.#take(length);
    const end = start + length;
    for (let at = start, index = first; at < end; at++, index++) {
      into[index] = into[index]! + bytes[at]! * scale;
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

  /** Bits past the 31st are added, as bit operations have no room for them. */
  #longVarint(): number {
    const bytes = this.#bytes;
    let offset = this.#offset;
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = bytes[offset++];
      if (byte === undefined) throw this.bad(ENDS_EARLY);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.#offset = offset;
        return value;
      }
    }
    this.#offset = offset;
    return this.#hugeVarint(value);
  }

  /** @param low the first four bytes' worth */
  #hugeVarint(low: number): number {
    let value = low;
    for (let scale = 2 ** 28; scale < 2 ** 56; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
    }
    throw this.bad('an integer is larger than 2^53−1');
  }

  #take(length: number): number {
    const start = this.#offset;
    if (length > this.#bytes.length - start) throw this.bad(ENDS_EARLY);
    this.#offset += length;
    return start;
  }
}
