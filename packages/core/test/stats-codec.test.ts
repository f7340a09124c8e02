import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader } from '../src/byte-reader.ts';
import { ByteWriter } from '../src/byte-writer.ts';
import { EndpointStats } from '../src/endpoint-stats.ts';
import { BUCKET_COUNT } from '../src/sketch/mapping.ts';
import { readStats, writeStats } from '../src/stats-codec.ts';
import { anyRecord } from './anything.ts';
import { badDataOf, resultOrBadData } from './bad-data.ts';
import { dumpOfStats } from './dump.ts';
import { aRequest } from './report/measured.ts';

const CLIENT_AND_SERVER_ERRORS = 0b1100;
const TOLERATING = 1 << 4;
const SLOW = 1 << 5;
const DENSE = 1 << 6;
const BELOW_RANGE = 1 << 8;
const LOWEST_BUCKET = 1 << 10;
const YEAR_US = 365 * 86_400_000_000;

describe('stored stats', () => {
  it('are the same when they are read again', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 200 }), (records) => {
        const stats = statsOf(records);
        expect(dumpOfStats(decode(encode(stats)))).toEqual(dumpOfStats(stats));
      }),
      { numRuns: 500 },
    );
  });

  it('are added to others as merging adds them', () => {
    fc.assert(
      fc.property(fc.array(anyRecord), fc.array(anyRecord), (records, others) => {
        const read = statsOf(others);
        readStats(new ByteReader(encode(statsOf(records))), read);
        expect(dumpOfStats(read)).toEqual(dumpOfStats(statsOf([...records, ...others])));
      }),
    );
  });

  it('are small', () => {
    expect(encode(new EndpointStats())).toHaveLength(2);
    expect(encode(statsOf([aRequest({ durationMs: 20 })]))).toHaveLength(5);
    const everyLatency = Array.from({ length: 10_000 }, (_, i) =>
      aRequest({ durationMs: 0.5 * 4000 ** (i / 9999) }),
    );
    expect(encode(statsOf(everyLatency)).length).toBeLessThan(800);
    const twoLatencies = Array.from({ length: 10_000 }, (_, i) =>
      aRequest({ durationMs: i % 2 === 0 ? 1 : 400 }),
    );
    expect(encode(statsOf(twoLatencies)).length).toBeLessThan(25);
  });

  it('are bad data wherever they are cut off', () => {
    const durationsMs = [0, 0.5, 1, 1.001, 40, 40, 40, 2001, 1e9];
    const bytes = encode(statsOf(durationsMs.map((durationMs) => aRequest({ durationMs }))));
    for (let length = 0; length < bytes.length; length++) badDataOf(() => decode(bytes.subarray(0, length)));
  });

  it('are bad data, or some stats, when their bytes are anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const stats = resultOrBadData(() => decode(bytes));
        if (stats !== undefined) expect(dumpOfStats(decode(encode(stats)))).toEqual(dumpOfStats(stats));
      }),
      { numRuns: 2000 },
    );
  });

  it('that are bad data add nothing', () => {
    const stats = statsOf([aRequest()]);
    const before = dumpOfStats(stats);
    badDataOf(() => readStats(new ByteReader(bytesOf([DENSE, 3, 1000, 1000, 1000, 1, 0, 2, 1, 1])), stats));
    expect(dumpOfStats(stats)).toEqual(before);
  });

  it.each([
    ['a figure that is not known', [1 << 11, 1, 1000], /not known/],
    ['errors without requests', [TOLERATING, 0, 1], /no request/],
    ['more errors than requests', [CLIENT_AND_SERVER_ERRORS, 1, 1, 1, 1000], /contradict/],
    ['more slow requests than requests', [SLOW, 1, 2, 1000], /contradict/],
    ['more tolerating users than requests', [TOLERATING, 1, 2, 1000], /contradict/],
    ['more out of range than there are', [BELOW_RANGE, 1, 2, 1000], /contradict/],
    ['a time longer than a year', [0, 1, YEAR_US + 1], /time that is none/],
    ['a lowest bucket past the last', [LOWEST_BUCKET, 1, BUCKET_COUNT, 1000], /contradict/],
    ['a bucket past the last', [0, 2, 1000, 1, BUCKET_COUNT], /out of place/],
    ['more of a bucket, which is none', [0, 3, 1000, 1, 1, 0, 0], /out of place/],
    ['more in its buckets than in all', [0, 3, 1000, 1, 1, 0, 3], /out of place/],
    ['more buckets than there are', [DENSE, 2, 1000, 1, 1, 0, BUCKET_COUNT], /no bucket/],
    ['more buckets than anybody has', [DENSE, 2, 1000, 1, 1, Number.MAX_SAFE_INTEGER, 1], /no bucket/],
    ['more planes than there are', [DENSE, 2, 1000, 1, 8], /no 8 planes/],
    ['buckets that hold less than all', [DENSE, 3, 1000, 1, 1, 1, 0, 2, 1, 1], /does not hold/],
    ['buckets that hold more than all', [DENSE, 3, 1000, 1, 1, 1, 0, 2, 1, 3], /does not hold/],
  ])('with %s are bad data', (_what, numbers, message) => {
    expect(badDataOf(() => decode(bytesOf(numbers)))).toMatch(message);
  });
});

function bytesOf(numbers: readonly number[]): Uint8Array {
  const writer = new ByteWriter();
  for (const number of numbers) writer.varint(number);
  return writer.finish();
}

function encode(stats: EndpointStats): Uint8Array {
  const writer = new ByteWriter();
  writeStats(writer, stats);
  return writer.finish();
}

function decode(bytes: Uint8Array): EndpointStats {
  const reader = new ByteReader(bytes);
  const stats = new EndpointStats();
  readStats(reader, stats);
  reader.finish();
  return stats;
}

function statsOf(records: readonly ReturnType<typeof aRequest>[]): EndpointStats {
  const stats = new EndpointStats();
  for (const record of records) stats.record(record);
  return stats;
}
