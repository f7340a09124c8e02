import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/**
 * The stored form of texts that mostly end in 32 digits of lower-case hex, after a beginning that many of them share:
 * a byte that says so, the beginning where it is not that of the one before, and 16 bytes. Any other text is a byte
 * and a string.
 */
const PLAIN = 0;
const HEX_AFTER_SAME = 1;
const HEX_AFTER_OTHER = 2;

const HEX_DIGITS = 32;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export class HexTextWriter {
  readonly #writer: ByteWriter;
  #beginning = '';

  constructor(writer: ByteWriter) {
    this.#writer = writer;
  }

  write(text: string): void {
    const start = text.length - HEX_DIGITS;
    if (endsInHex(text, start)) {
      this.#writeBeginning(text, start);
      for (let at = start; at < text.length; at += 2) {
        this.#writer.byte((hexDigit(text.charCodeAt(at)) << 4) | hexDigit(text.charCodeAt(at + 1)));
      }
    } else {
      this.#writer.byte(PLAIN);
      this.#writer.string(text);
    }
  }

  #writeBeginning(text: string, length: number): void {
    if (length === this.#beginning.length && text.startsWith(this.#beginning)) {
      this.#writer.byte(HEX_AFTER_SAME);
      return;
    }
    this.#beginning = text.slice(0, length);
    this.#writer.byte(HEX_AFTER_OTHER);
    this.#writer.string(this.#beginning);
  }
}

export class HexTextReader {
  readonly #reader: ByteReader;
  #beginning = '';

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  read(): string {
    const plain = this.#readPlain();
    if (plain !== undefined) return plain;
    let text = this.#beginning;
    for (let read = 0; read < HEX_DIGITS; read += 2) text += HEX[this.#reader.byte()]!;
    return text;
  }

  /** Reads a text that nobody wants to know. */
  skip(): void {
    if (this.#readPlain() === undefined) this.#reader.skip(HEX_DIGITS / 2);
  }

  /** @returns undefined where 16 bytes follow */
  #readPlain(): string | undefined {
    const kind = this.#reader.byte();
    if (kind > HEX_AFTER_OTHER) throw this.#reader.bad('a text is of no known kind');
    if (kind === PLAIN) return this.#reader.string();
    if (kind === HEX_AFTER_OTHER) this.#beginning = this.#reader.string();
    return undefined;
  }
}

function endsInHex(text: string, start: number): boolean {
  if (start < 0) return false;
  for (let at = start; at < text.length; at++) if (hexDigit(text.charCodeAt(at)) < 0) return false;
  return true;
}

/** @returns −1 where the UTF-16 unit is no lower-case hex digit */
function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  return unit >= 0x61 && unit <= 0x66 ? unit - 0x61 + 10 : -1;
}
