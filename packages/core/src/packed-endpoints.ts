import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { EndpointStats } from './endpoint-stats.ts';
import { type EndpointTable, isOverflow } from './endpoint-table.ts';
import { addStats, checkStats, readStats, writeStats } from './stats-codec.ts';

/**
 * The stored form of an endpoint table whose names are kept elsewhere:
 *
 *     version  number of entries  then each, by ascending id, as its id's distance from the one before and stats
 *
 * The first id's distance is from −1. Id 0 is the overflow entry's.
 */
const VERSION = 1;
export const OVERFLOW_ID = 0;

const writer = new ByteWriter();

/** @param idOf an integer from 1, each endpoint's own; not asked for the overflow entry */
export function packEndpoints(
  table: EndpointTable,
  idOf: (method: string, route: string) => number,
): Uint8Array {
  const entries = table
    .entries()
    .map((entry) => ({
      id: isOverflow(entry) ? OVERFLOW_ID : idOf(entry.method, entry.route),
      stats: entry.stats,
    }))
    .sort((a, b) => a.id - b.id);
  writer.truncate(0);
  writer.byte(VERSION);
  writer.varint(entries.length);
  let before = -1;
  for (const { id, stats } of entries) {
    writer.varint(id - before);
    writeStats(writer, stats);
    before = id;
  }
  return writer.finish();
}

/** @throws TachoError `TACHO_BAD_DATA` where the bytes are no packed endpoints */
export function checkEndpoints(bytes: Uint8Array): void {
  const reader = new ByteReader(bytes);
  const entries = entriesOf(reader);
  for (let read = 0; read < entries; read++) {
    if (reader.varint() === 0) throw reader.bad('an endpoint comes twice');
    checkStats(reader);
  }
  reader.finish();
}

/**
 * Adds each entry to the stats that are found for its id.
 * @param bytes that `checkEndpoints` found good
 */
export function addEndpoints(bytes: Uint8Array, statsOf: (id: number) => EndpointStats): void {
  const reader = new ByteReader(bytes);
  const entries = entriesOf(reader);
  let id = -1;
  for (let read = 0; read < entries; read++) {
    id += reader.varint();
    addStats(reader, statsOf(id));
  }
}

/**
 * The stats of one endpoint. What follows it is not looked at.
 * @returns undefined where it is not among the entries
 * @throws TachoError `TACHO_BAD_DATA` where the bytes are no packed endpoints
 */
export function endpointStatsIn(bytes: Uint8Array, id: number): EndpointStats | undefined {
  const reader = new ByteReader(bytes);
  const entries = entriesOf(reader);
  let next = -1;
  for (let read = 0; read < entries; read++) {
    next += reader.varint();
    if (next > id) return undefined;
    if (next === id) {
      const stats = new EndpointStats();
      readStats(reader, stats);
      return stats;
    }
    checkStats(reader);
  }
  return undefined;
}

function entriesOf(reader: ByteReader): number {
  const version = reader.byte();
  if (version !== VERSION) throw reader.bad(`version ${version} of packed endpoints is not known`);
  return reader.varint();
}
