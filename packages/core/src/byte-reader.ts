import { TachoError } from './errors.ts';

const ENDS_EARLY = 'the data ends too early';
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

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
