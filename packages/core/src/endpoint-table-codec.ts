import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { EndpointStats } from './endpoint-stats.ts';
import { type EndpointEntry, EndpointTable, MAX_UNFOLDED } from './endpoint-table.ts';
import { readStats, writeStats } from './stats-codec.ts';

/** The stored form of an endpoint table: the number of entries, then each as method, route, stats. */
export function writeEndpointTable(writer: ByteWriter, { own, overflow }: EndpointTable): void {
  writer.varint(own.length + (overflow === undefined ? 0 : 1));
  for (const entry of own) writeEntry(writer, entry);
  if (overflow !== undefined) writeEntry(writer, overflow);
}

/** @param table an empty one, which takes the entries; past its cap the least busy go to its overflow entry */
export function readEndpointTable(reader: ByteReader, table: EndpointTable): void {
  const entries = reader.varint();
  for (let read = 0; read < entries; read += MAX_UNFOLDED) {
    const some = new EndpointTable(Number.POSITIVE_INFINITY);
    for (let n = read; n < entries && n < read + MAX_UNFOLDED; n++) some.adopt(readEntry(reader));
    table.takeOver(some);
  }
}

function writeEntry(writer: ByteWriter, { method, route, stats }: EndpointEntry): void {
  writer.string(method);
  writer.string(route);
  writeStats(writer, stats);
}

function readEntry(reader: ByteReader): EndpointEntry {
  const entry = { method: reader.string(), route: reader.string(), stats: new EndpointStats() };
  readStats(reader, entry.stats);
  return entry;
}
