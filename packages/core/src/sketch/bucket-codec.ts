import type { ByteReader, ByteWriter } from '../bytes.ts';
import { BUCKET_COUNT } from './mapping.ts';
import type { Sketch } from './sketch.ts';

/**
 * The stored form of a sketch's buckets, in varints. Its reader knows the lowest bucket in use and how much all hold.
 *
 * - sparse: for each bucket in use the distance from the one before; after it, where a bucket holds more than one
 *   value, a 0 and how many more. Nothing at all is stored of the lowest bucket where that holds one.
 * - dense: the number of buckets from the lowest to the highest in use, and what each of them holds.
 */

/** Writes the shorter form of the two. @returns whether that is the dense one */
export function writeBuckets(writer: ByteWriter, sketch: Sketch, lowest: number): boolean {
  const { counts, firstBucket } = sketch;
  const first = lowest - firstBucket;
  const start = writer.length;
  let denseBytes = 0;
  let left = sketch.count;
  let last = first;
  for (let index = first; left > 0 && index < counts.length; index++) {
    const count = counts[index]!;
    if (count === 0) continue;
    if (index > last) writer.varint(index - last);
    if (count > 1) {
      writer.varint(0);
      writer.varint(count - 1);
      denseBytes += varintBytes(count) - 1;
    }
    last = index;
    left -= count;
  }
  const length = last + 1 - first;
  denseBytes += length + varintBytes(length);
  if (writer.length - start <= denseBytes) return false;

  writer.truncate(start);
  writer.varint(length);
  for (let index = first; index <= last; index++) writer.varint(counts[index]!);
  return true;
}

/** Reads buckets, and throws `TACHO_BAD_DATA` unless they are in range and hold `count` values. */
export function checkBuckets(reader: ByteReader, dense: boolean, lowest: number, count: number): void {
  if (dense) checkDense(reader, lowest, count);
  else checkSparse(reader, lowest, count);
}

/** Adds buckets that were checked. */
export function addBuckets(
  reader: ByteReader,
  dense: boolean,
  sketch: Sketch,
  lowest: number,
  count: number,
): void {
  if (dense) addDense(reader, sketch, lowest, count);
  else addSparse(reader, sketch, lowest, count);
}

function checkSparse(reader: ByteReader, lowest: number, count: number): void {
  let bucket = lowest;
  let left = count - 1;
  while (left > 0) {
    const distance = reader.varint();
    const values = distance === 0 ? reader.varint() : 1;
    bucket += distance;
    left -= values;
    if (values === 0 || left < 0 || bucket >= BUCKET_COUNT)
      throw reader.bad('a sketch has a bucket out of place');
  }
}

function checkDense(reader: ByteReader, lowest: number, count: number): void {
  const length = reader.varint();
  if (length > BUCKET_COUNT - lowest) throw reader.bad(`a sketch has no bucket ${lowest + length - 1}`);
  if (reader.sumOfVarints(length) !== count) throw reader.bad('a sketch does not hold what it says');
}

function addSparse(reader: ByteReader, sketch: Sketch, lowest: number, count: number): void {
  let bucket = lowest;
  sketch.addToBucket(bucket, 1);
  let left = count - 1;
  while (left > 0) {
    const distance = reader.varint();
    const values = distance === 0 ? reader.varint() : 1;
    bucket += distance;
    left -= values;
    sketch.addToBucket(bucket, values);
  }
}

function addDense(reader: ByteReader, sketch: Sketch, lowest: number, count: number): void {
  const length = reader.varint();
  sketch.open(lowest, lowest + length, count);
  reader.addVarints(sketch.counts, lowest - sketch.firstBucket, length);
}

/** @param value from 0 to 2^53 − 1 */
function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes++;
  return bytes;
}
