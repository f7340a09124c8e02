/** A writer starts small and doubles. */
const FIRST_CAPACITY = 1024;
/** A writer that is used again lets go of a larger buffer. */
const KEPT_CAPACITY = 1 << 20;
/** The most bytes of UTF-8 that a UTF-16 unit takes. */
const MAX_BYTES_A_UNIT = 3;
const encoder = new TextEncoder();

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
