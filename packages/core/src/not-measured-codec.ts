import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { NotMeasured } from './not-measured.ts';

/** The stored form of what is not measured: the number of kinds, then each with its count. */
export function writeNotMeasured(writer: ByteWriter, notMeasured: NotMeasured): void {
  const kinds = notMeasured.entries();
  writer.varint(kinds.length);
  for (const [kind, n] of kinds) {
    writer.string(kind);
    writer.varint(n);
  }
}

/** @param notMeasured takes what is read as if it were merged with it */
export function readNotMeasured(reader: ByteReader, notMeasured: NotMeasured): void {
  const kinds = reader.varint();
  for (let read = 0; read < kinds; read++) notMeasured.count(reader.string(), reader.varint());
}
