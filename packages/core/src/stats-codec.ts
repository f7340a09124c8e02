import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { EndpointStats } from './endpoint-stats.ts';
import { addBuckets, checkBuckets, writeBuckets } from './sketch/bucket-codec.ts';
import { BUCKET_COUNT, bucketOfUs } from './sketch/mapping.ts';
import { isDurationMs } from './validity.ts';

/**
 * The stored form of stats, in varints: a mask, the number of completed requests, and each figure that the mask
 * says is not 0. Where requests were completed there follow
 *
 *     min   max − min (of two or more)   sum − min − max (of three or more)   buckets
 *
 * `satisfied` is what is left of the completed ones. The lowest bucket is that of the least duration, or is told,
 * where rounding to the microsecond has moved that to another.
 */
const ABORTED = 1 << 0;
const STREAMED = 1 << 1;
const CLIENT_ERRORS = 1 << 2;
const SERVER_ERRORS = 1 << 3;
const TOLERATING = 1 << 4;
const SLOW = 1 << 5;
const DENSE = 1 << 6;
/** From here on the mask takes a second byte. */
const FRUSTRATED = 1 << 7;
const BELOW_RANGE = 1 << 8;
const ABOVE_RANGE = 1 << 9;
const LOWEST_BUCKET = 1 << 10;

const KNOWN = (1 << 11) - 1;
const WITHOUT_COMPLETED = ABORTED | STREAMED;
/** What stands between `streamed` and the durations. */
const COUNTS = KNOWN & ~WITHOUT_COMPLETED & ~DENSE;

export function writeStats(writer: ByteWriter, stats: EndpointStats): void {
  const { sketch, count, minUs, maxUs } = stats;
  const frustrated = count - stats.satisfied - stats.tolerating - stats.serverErrors;
  const lowest = sketch.lowestBucket;
  let mask = 0;
  if (stats.aborted > 0) mask |= ABORTED;
  if (stats.streamed > 0) mask |= STREAMED;
  if (stats.clientErrors > 0) mask |= CLIENT_ERRORS;
  if (stats.serverErrors > 0) mask |= SERVER_ERRORS;
  if (stats.tolerating > 0) mask |= TOLERATING;
  if (stats.slow > 0) mask |= SLOW;
  if (frustrated > 0) mask |= FRUSTRATED;
  if (sketch.belowRange > 0) mask |= BELOW_RANGE;
  if (sketch.aboveRange > 0) mask |= ABOVE_RANGE;
  if (count > 0 && lowest !== bucketOfUs(minUs)) mask |= LOWEST_BUCKET;

  const maskAt = writer.length;
  writer.varint(mask);
  writer.varint(count);
  if ((mask & ABORTED) !== 0) writer.varint(stats.aborted);
  if ((mask & STREAMED) !== 0) writer.varint(stats.streamed);
  if ((mask & CLIENT_ERRORS) !== 0) writer.varint(stats.clientErrors);
  if ((mask & SERVER_ERRORS) !== 0) writer.varint(stats.serverErrors);
  if ((mask & TOLERATING) !== 0) writer.varint(stats.tolerating);
  if ((mask & SLOW) !== 0) writer.varint(stats.slow);
  if ((mask & FRUSTRATED) !== 0) writer.varint(frustrated);
  if ((mask & BELOW_RANGE) !== 0) writer.varint(sketch.belowRange);
  if ((mask & ABOVE_RANGE) !== 0) writer.varint(sketch.aboveRange);
  if ((mask & LOWEST_BUCKET) !== 0) writer.varint(lowest);
  if (count === 0) return;
  writer.varint(minUs);
  if (count > 1) writer.varint(maxUs - minUs);
  if (count > 2) writer.varint(stats.sumUs - minUs - maxUs);
  if (writeBuckets(writer, sketch, lowest)) writer.setBits(maskAt, DENSE);
}

/** Adds stored stats to others. Those that are bad data throw, and nothing of them is added. */
export function readStats(reader: ByteReader, into: EndpointStats): void {
  const start = reader.offset;
  checkStats(reader);
  reader.rewind(start);
  addStats(reader, into);
}

/** Reads stats and throws `TACHO_BAD_DATA` unless they hang together. */
export function checkStats(reader: ByteReader): void {
  const mask = reader.varint();
  const count = reader.varint();
  if (mask > KNOWN) throw reader.bad('stats have a figure that is not known');
  if (count === 0 && (mask & ~WITHOUT_COMPLETED) !== 0) throw reader.bad('stats have a figure of no request');
  if ((mask & ABORTED) !== 0) reader.varint();
  if ((mask & STREAMED) !== 0) reader.varint();
  if (count === 0) return;

  const lowest = (mask & COUNTS) === 0 ? -1 : checkCounts(reader, mask, count);
  const minUs = reader.varint();
  const maxUs = count > 1 ? minUs + reader.varint() : minUs;
  if (count > 2) reader.varint();
  if (!isDurationMs(maxUs / 1000)) throw reader.bad('stats have a time that is none');
  checkBuckets(reader, (mask & DENSE) !== 0, lowest < 0 ? bucketOfUs(minUs) : lowest, count);
}

/** @returns the lowest bucket; −1 where it follows from the least duration */
function checkCounts(reader: ByteReader, mask: number, count: number): number {
  const clientErrors = (mask & CLIENT_ERRORS) === 0 ? 0 : reader.varint();
  const serverErrors = (mask & SERVER_ERRORS) === 0 ? 0 : reader.varint();
  const tolerating = (mask & TOLERATING) === 0 ? 0 : reader.varint();
  const slow = (mask & SLOW) === 0 ? 0 : reader.varint();
  const frustrated = (mask & FRUSTRATED) === 0 ? 0 : reader.varint();
  const belowRange = (mask & BELOW_RANGE) === 0 ? 0 : reader.varint();
  const aboveRange = (mask & ABOVE_RANGE) === 0 ? 0 : reader.varint();
  const lowest = (mask & LOWEST_BUCKET) === 0 ? -1 : reader.varint();
  const isConsistent =
    clientErrors + serverErrors <= count &&
    serverErrors + tolerating + frustrated <= count &&
    slow <= count &&
    belowRange + aboveRange <= count &&
    lowest < BUCKET_COUNT;
  if (!isConsistent) throw reader.bad('the figures of stats contradict each other');
  return lowest;
}

/** Adds stored stats that `checkStats` found good. */
export function addStats(reader: ByteReader, into: EndpointStats): void {
  const mask = reader.varint();
  const count = reader.varint();
  if ((mask & ABORTED) !== 0) into.aborted += reader.varint();
  if ((mask & STREAMED) !== 0) into.streamed += reader.varint();
  if (count === 0) return;

  into.count += count;
  into.satisfied += count;
  const lowest = (mask & COUNTS) === 0 ? -1 : addCounts(reader, mask, into);
  const minUs = reader.varint();
  const maxUs = count > 1 ? minUs + reader.varint() : minUs;
  const restUs = count > 2 ? reader.varint() : 0;
  into.sumUs += count > 1 ? minUs + maxUs + restUs : minUs;
  if (minUs < into.minUs) into.minUs = minUs;
  if (maxUs > into.maxUs) into.maxUs = maxUs;
  const first = lowest < 0 ? bucketOfUs(minUs) : lowest;
  addBuckets(reader, (mask & DENSE) !== 0, into.sketch, first, bucketOfUs(maxUs), count);
}

/** @returns the lowest bucket; −1 where it follows from the least duration */
function addCounts(reader: ByteReader, mask: number, into: EndpointStats): number {
  const clientErrors = (mask & CLIENT_ERRORS) === 0 ? 0 : reader.varint();
  const serverErrors = (mask & SERVER_ERRORS) === 0 ? 0 : reader.varint();
  const tolerating = (mask & TOLERATING) === 0 ? 0 : reader.varint();
  const slow = (mask & SLOW) === 0 ? 0 : reader.varint();
  const frustrated = (mask & FRUSTRATED) === 0 ? 0 : reader.varint();
  into.clientErrors += clientErrors;
  into.serverErrors += serverErrors;
  into.tolerating += tolerating;
  into.slow += slow;
  into.satisfied -= serverErrors + tolerating + frustrated;
  if ((mask & BELOW_RANGE) !== 0) into.sketch.belowRange += reader.varint();
  if ((mask & ABOVE_RANGE) !== 0) into.sketch.aboveRange += reader.varint();
  return (mask & LOWEST_BUCKET) === 0 ? -1 : reader.varint();
}
