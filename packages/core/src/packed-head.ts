import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { EndpointStats } from './endpoint-stats.ts';
import { Failures } from './failures.ts';
import { readNotMeasured, writeNotMeasured } from './not-measured-codec.ts';
import { Origins } from './origins.ts';
import { readRuntimeSamples, writeRuntimeSamples } from './runtime-samples-codec.ts';
import { readSlowRequests, writeSlowRequests } from './slow-requests-codec.ts';
import { readSources, type Source, type Sources, writeSources } from './sources.ts';
import { checkStats, readStats, writeStats } from './stats-codec.ts';
import { readSystemSamples, writeSystemSamples } from './system-samples-codec.ts';
import { readTallies, writeTallies } from './tallies-codec.ts';
import { Window, type WindowLimits } from './window.ts';

/**
 * The stored form of all of a window but its endpoints and users:
 *
 *     version  stats of all endpoints together  startMs  endMs  invalid  not measured  slow requests
 *     system samples  sources  runtime samples  origins  failures
 */
const VERSION = 3;
/** It ended with the runtime samples. */
const WITHOUT_ORIGINS = 2;
/** It ended with the sources. */
const WITHOUT_RUNTIME = 1;

const writer = new ByteWriter();

export function packHead(window: Window, sources: Sources): Uint8Array {
  writer.truncate(0);
  writer.byte(VERSION);
  writeStats(writer, window.endpoints.total());
  writer.float64(window.startMs);
  writer.float64(window.endMs);
  writer.varint(window.invalid);
  writeNotMeasured(writer, window.notMeasured);
  writeSlowRequests(writer, window.slowRequests);
  writeSystemSamples(writer, window.systemSamples);
  writeSources(writer, sources);
  writeRuntimeSamples(writer, window.runtimeSamples);
  writeTallies(writer, window.origins.tallies);
  writeTallies(writer, window.failures.tallies);
  return writer.finish();
}

/** @throws TachoError `TACHO_BAD_DATA` where the bytes are not a head */
export function readHead(bytes: Uint8Array, limits: WindowLimits): { window: Window; sources: Source[] } {
  const { reader, version } = readerOf(bytes);
  checkStats(reader);
  const window = new Window(limits, reader.float64(), reader.float64());
  if (Number.isNaN(window.startMs) || Number.isNaN(window.endMs)) throw reader.bad('a window has no time');
  window.invalid = reader.varint();
  readNotMeasured(reader, window.notMeasured);
  readSlowRequests(reader, window.slowRequests);
  readSystemSamples(reader, window.systemSamples);
  const sources = readSources(reader);
  if (version > WITHOUT_RUNTIME) window.countLeftOut(readRuntimeSamples(reader, window.runtimeSamples));
  if (version > WITHOUT_ORIGINS) {
    readTallies(reader, window.origins.tallies, Origins.KEY_LENGTH);
    readTallies(reader, window.failures.tallies, Failures.KEY_LENGTH);
  }
  reader.finish();
  return { window, sources };
}

/**
 * The stats of all endpoints together, without a look at the rest.
 * @throws TachoError `TACHO_BAD_DATA` where the bytes do not begin as a head does
 */
export function headTotal(bytes: Uint8Array): EndpointStats {
  const total = new EndpointStats();
  readStats(readerOf(bytes).reader, total);
  return total;
}

function readerOf(bytes: Uint8Array): { reader: ByteReader; version: number } {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version > VERSION || version < WITHOUT_RUNTIME)
    throw reader.bad(`version ${version} of a window's head is not known`);
  return { reader, version };
}
