import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/**
 * The stored form of texts of which the same come again and again: the place of each among those that were written
 * before, or, of a new one, the next place and a string.
 */
export class RepeatedTextWriter {
  readonly #writer: ByteWriter;
  readonly #places = new Map<string, number>();

  constructor(writer: ByteWriter) {
    this.#writer = writer;
  }

  write(text: string): void {
    const place = this.#places.get(text);
    this.#writer.varint(place ?? this.#places.size);
    if (place !== undefined) return;
    this.#places.set(text, this.#places.size);
    this.#writer.string(text);
  }
}

export class RepeatedTextReader {
  readonly #reader: ByteReader;
  readonly #texts: string[] = [];

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  read(): string {
    const place = this.#reader.varint();
    if (place > this.#texts.length) throw this.#reader.bad('a text refers to one that was not before it');
    if (place === this.#texts.length) this.#texts.push(this.#reader.string());
    return this.#texts[place]!;
  }
}
