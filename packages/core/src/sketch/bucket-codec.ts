import type { ByteReader } from '../byte-reader.ts';
import type { ByteWriter } from '../byte-writer.ts';
import { BUCKET_COUNT } from './mapping.ts';
import type { Counts, Sketch } from './sketch.ts';

/**
 * The stored form of a sketch's buckets. Its reader knows the lowest bucket in use and how much all hold.
 *
 * - sparse, in varints: for each bucket in use the distance from the one before; after it, where a bucket holds more
 *   than one value, a 0 and how many more. Nothing at all is stored of the lowest bucket where that holds one.
 * - dense: the number of planes, then each as the distance of its first bucket from the lowest, its number of
 *   buckets, and a byte for each of them. The first plane has the lowest byte of what a bucket holds, the next one
 *   the byte above it, and so on, from the first to the last bucket that holds so much.
 */

/** The most that a byte a bucket can tell apart. */
const PLANE = 256;
/** As many as 2^53 takes. */
const MAX_PLANES = 7;

/** Writes the form that is shorter, as far as can be seen at a glance. @returns whether that is the dense one */
export function writeBuckets(writer: ByteWriter, sketch: Sketch, lowest: number): boolean {
  const { counts, firstBucket } = sketch;
  const first = lowest - firstBucket;
  const start = writer.length;
  let left = sketch.count;
  let last = first;
  let most = 0;
  for (let index = first; left > 0 && index < counts.length; index++) {
    const count = counts[index]!;
    if (count === 0) continue;
    if (index > last) writer.varint(index - last);
    if (count > 1) {
      writer.varint(0);
      writer.varint(count - 1);
    }
    if (count > most) most = count;
    last = index;
    left -= count;
  }
  const planes = planesFor(most);
  if (writer.length - start <= planes * (last + 1 - first)) return false;

  writer.truncate(start);
  writer.varint(planes);
  for (let plane = 0; plane < planes; plane++) writePlane(writer, counts, first, last, PLANE ** plane);
  return true;
}

/** @param last index of the last bucket in use, as `first` is of the lowest */
function writePlane(writer: ByteWriter, counts: Counts, first: number, last: number, scale: number): void {
  let start = first;
  let end = last;
  while (counts[start]! < scale) start++;
  while (counts[end]! < scale) end--;
  writer.varint(start - first);
  writer.varint(end + 1 - start);
  for (let index = start; index <= end; index++) writer.byte(Math.floor(counts[index]! / scale) & 0xff);
}

function planesFor(count: number): number {
  let planes = 1;
  for (let scale = PLANE; count >= scale; scale *= PLANE) planes++;
  return planes;
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
  highest: number,
  count: number,
): void {
  if (dense) addDense(reader, sketch, lowest, count);
  else addSparse(reader, sketch, lowest, highest, count);
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
  const planes = reader.varint();
  if (planes > MAX_PLANES) throw reader.bad(`a sketch has no ${planes} planes`);
  let sum = 0;
  let scale = 1;
  for (let plane = 0; plane < planes; plane++) {
    const first = lowest + reader.varint();
    const length = reader.varint();
    if (first + length > BUCKET_COUNT) throw reader.bad(`a sketch has no bucket ${first + length - 1}`);
    sum += reader.sumOfBytes(length) * scale;
    scale *= PLANE;
  }
  if (sum !== count) throw reader.bad('a sketch does not hold what it says');
}

function addSparse(reader: ByteReader, sketch: Sketch, lowest: number, highest: number, count: number): void {
  sketch.open(lowest, Math.max(lowest, highest) + 1, count);
  let { counts, firstBucket } = sketch;
  let index = lowest - firstBucket;
  counts[index] = counts[index]! + 1;
  let left = count - 1;
  while (left > 0) {
    const distance = reader.varint();
    const values = distance === 0 ? reader.varint() : 1;
    index += distance;
    left -= values;
    if (index >= counts.length) {
      const bucket = firstBucket + index;
      sketch.open(bucket, bucket + 1, 0);
      ({ counts, firstBucket } = sketch);
      index = bucket - firstBucket;
    }
    counts[index] = counts[index]! + values;
  }
}

function addDense(reader: ByteReader, sketch: Sketch, lowest: number, count: number): void {
  const planes = reader.varint();
  let scale = 1;
  for (let plane = 0; plane < planes; plane++) {
    const first = lowest + reader.varint();
    const length = reader.varint();
    sketch.open(first, first + length, plane === 0 ? count : 0);
    if (plane === 0) reader.addBytes(length, sketch.counts, first - sketch.firstBucket);
    else reader.addScaledBytes(length, scale, sketch.counts, first - sketch.firstBucket);
    scale *= PLANE;
  }
}
