import type { ByteReader, ByteWriter } from './bytes.ts';
import { EndpointStats } from './endpoint-stats.ts';
import { busiestFirst, type EndpointTable } from './endpoint-table.ts';
import { readSketch, writeSketch } from './sketch/codec.ts';
import { isDurationMs } from './validity.ts';

/**
 * The stored form of an endpoint table: the number of entries, then each as method, route, stats. Busiest first: a
 * table with a lower cap that reads them in order keeps those that it would have kept in a merge.
 */
export function writeEndpointTable(writer: ByteWriter, table: EndpointTable): void {
  const entries = [...table.entries()].sort(busiestFirst);
  writer.varint(entries.length);
  for (const { method, route, stats } of entries) {
    writer.string(method);
    writer.string(route);
    writeStats(writer, stats);
  }
}

/** @param table takes the entries; past its cap they go to its overflow entry */
export function readEndpointTable(reader: ByteReader, table: EndpointTable): void {
  const entries = reader.varint();
  for (let read = 0; read < entries; read++) {
    table.adopt({ method: reader.string(), route: reader.string(), stats: readStats(reader) });
  }
}

/** `count` is the sketch's; the sum and the extremes follow only where it is not 0. */
function writeStats(writer: ByteWriter, stats: EndpointStats): void {
  writer.varint(stats.aborted);
  writer.varint(stats.streamed);
  writeSketch(writer, stats.sketch);
  if (stats.count === 0) return;
  writer.varint(stats.clientErrors);
  writer.varint(stats.serverErrors);
  writer.varint(stats.slow);
  writer.varint(stats.satisfied);
  writer.varint(stats.tolerating);
  writer.float64(stats.sumUs);
  writer.float64(stats.minMs);
  writer.float64(stats.maxMs);
}

function readStats(reader: ByteReader): EndpointStats {
  const stats = new EndpointStats();
  stats.aborted = reader.varint();
  stats.streamed = reader.varint();
  readSketch(reader, stats.sketch);
  stats.count = stats.sketch.count;
  if (stats.count === 0) return stats;
  stats.clientErrors = reader.varint();
  stats.serverErrors = reader.varint();
  stats.slow = reader.varint();
  stats.satisfied = reader.varint();
  stats.tolerating = reader.varint();
  stats.sumUs = reader.float64();
  stats.minMs = reader.float64();
  stats.maxMs = reader.float64();
  if (!isConsistent(stats)) throw reader.bad('the figures of an endpoint contradict each other');
  return stats;
}

function isConsistent(stats: EndpointStats): boolean {
  return (
    stats.errors <= stats.count &&
    stats.slow <= stats.count &&
    stats.satisfied + stats.tolerating + stats.serverErrors <= stats.count &&
    Number.isInteger(stats.sumUs) &&
    stats.sumUs >= 0 &&
    isDurationMs(stats.minMs) &&
    isDurationMs(stats.maxMs) &&
    stats.minMs <= stats.maxMs
  );
}
