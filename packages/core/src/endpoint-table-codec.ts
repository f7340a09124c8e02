import type { ByteReader, ByteWriter } from './bytes.ts';
import { EndpointStats } from './endpoint-stats.ts';
import { EndpointTable } from './endpoint-table.ts';
import { readStats, writeStats } from './stats-codec.ts';

/** The stored form of an endpoint table: the number of entries, then each as method, route, stats. */
export function writeEndpointTable(writer: ByteWriter, table: EndpointTable): void {
  const entries = [...table.entries()];
  writer.varint(entries.length);
  for (const { method, route, stats } of entries) {
    writer.string(method);
    writer.string(route);
    writeStats(writer, stats);
  }
}

/** @param table an empty one, which takes the entries; past its cap the least busy go to its overflow entry */
export function readEndpointTable(reader: ByteReader, table: EndpointTable): void {
  const entries = reader.varint();
  const read = new EndpointTable(Number.POSITIVE_INFINITY);
  for (let n = 0; n < entries; n++) {
    const stats = new EndpointStats();
    const entry = { method: reader.string(), route: reader.string(), stats };
    readStats(reader, stats);
    read.adopt(entry);
  }
  table.takeOver(read);
}
