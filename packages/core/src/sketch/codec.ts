import { ByteReader, ByteWriter } from '../bytes.ts';
import { BUCKET_COUNT } from './mapping.ts';
import { Sketch } from './sketch.ts';

/**
 * The stored form of a sketch, in varints:
 *
 *     belowRange  aboveRange  lowest bucket in use  number of buckets from there to the highest  bucket…
 *
 * A bucket is its count. Empty ones are left out: a 0 and their number stand before the bucket that follows.
 */
const VERSION = 1;

export function encodeSketch(sketch: Sketch): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  writeSketch(writer, sketch);
  return writer.finish();
}

/** @throws TachoError `TACHO_BAD_DATA` where the bytes are not a sketch */
export function decodeSketch(bytes: Uint8Array): Sketch {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version !== VERSION) throw reader.bad(`version ${version} of the sketch format is not known`);
  const sketch = new Sketch();
  readSketch(reader, sketch);
  reader.finish();
  return sketch;
}

/** Writes a sketch as part of something larger, which has a version of its own. */
export function writeSketch(writer: ByteWriter, sketch: Sketch): void {
  const [first, end] = sketch.bucketRange();
  writer.varint(sketch.belowRange);
  writer.varint(sketch.aboveRange);
  writer.varint(first);
  writer.varint(end - first);

  let next = first;
  sketch.forEachBucket((bucket, count) => {
    if (bucket > next) {
      writer.varint(0);
      writer.varint(bucket - next);
    }
    writer.varint(count);
    next = bucket + 1;
  });
}

/** @param sketch an empty one, which takes what is read */
export function readSketch(reader: ByteReader, sketch: Sketch): void {
  sketch.belowRange = reader.varint();
  sketch.aboveRange = reader.varint();
  const first = reader.varint();
  const end = first + reader.varint();
  if (end > BUCKET_COUNT) throw reader.bad(`a sketch has no bucket ${end - 1}`);

  sketch.reserve(first, end);
  for (let next = first; next < end; next++) {
    let count = reader.varint();
    if (count === 0) {
      next += reader.varint();
      count = reader.varint();
    }
    if (count === 0 || next >= end)
      throw reader.bad('a sketch has a bucket that holds nothing or is out of place');
    sketch.addToBucket(next, count);
  }
  if (sketch.count > Number.MAX_SAFE_INTEGER) throw reader.bad('a sketch holds more than 2^53−1 values');
  if (sketch.belowRange + sketch.aboveRange > sketch.count)
    throw reader.bad('a sketch counts too many out of range');
}
