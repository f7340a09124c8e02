import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { RepeatedTextReader, RepeatedTextWriter } from './repeated-text-codec.ts';
import type { Tallies } from './tallies.ts';

/** The stored form of tallies: the overflow's counts, the number of tallies, then the key and the counts of each. */
export function writeTallies(writer: ByteWriter, tallies: Tallies): void {
  for (const n of tallies.overflow) writer.varint(n);
  const list = tallies.list();
  writer.varint(list.length);
  const texts = new RepeatedTextWriter(writer);
  for (const { key, counts } of list) {
    for (const text of key) texts.write(text);
    for (const n of counts) writer.varint(n);
  }
}

/**
 * @param tallies takes what is read as if it were merged with them
 * @param keyLength how many texts a key has
 */
export function readTallies(reader: ByteReader, tallies: Tallies, keyLength: number): void {
  for (const place of tallies.overflow.keys())
    tallies.overflow[place] = tallies.overflow[place]! + reader.varint();
  const count = reader.varint();
  const texts = new RepeatedTextReader(reader);
  for (let read = 0; read < count; read++) {
    const key = Array.from({ length: keyLength }, () => texts.read());
    tallies.add(
      key,
      tallies.overflow.map(() => reader.varint()),
    );
  }
}
