import { ByteWriter } from '../../src/byte-writer.ts';

/** Of the stored form that these tests write by hand. */
export const VERSION = 4;

/** The bytes of a window up to what is not measured, followed by what the caller writes. */
export function windowBytes(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  writer.float64(0);
  writer.float64(60_000);
  writer.varint(0);
  write(writer);
  return writer.finish();
}
