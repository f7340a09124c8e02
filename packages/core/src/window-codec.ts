import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { readEndpointTable, writeEndpointTable } from './endpoint-table-codec.ts';
import { Failures } from './failures.ts';
import { readNotMeasured, writeNotMeasured } from './not-measured-codec.ts';
import { Origins } from './origins.ts';
import { readRuntimeSamples, writeRuntimeSamples } from './runtime-samples-codec.ts';
import { readSlowRequests, writeSlowRequests } from './slow-requests-codec.ts';
import { readSystemSamples, writeSystemSamples } from './system-samples-codec.ts';
import { readTallies, writeTallies } from './tallies-codec.ts';
import { readUserTable, writeUserTable } from './user-table-codec.ts';
import { Window, type WindowLimits } from './window.ts';

/**
 * The stored form of a window, which needs nothing else to be read:
 *
 *     version  startMs  endMs  invalid  not measured  endpoints  users  slow requests  system samples
 *     runtime samples  origins  failures
 *
 * The version rises with any change; older ones stay readable.
 */
const VERSION = 4;
/** It ended with the runtime samples. */
const WITHOUT_ORIGINS = 3;
/** It ended with the system samples. */
const WITHOUT_RUNTIME = 2;

/** Used again and again: a window is encoded every few seconds, and is no small thing. */
const writer = new ByteWriter();

export function encodeWindow(window: Window): Uint8Array {
  writer.truncate(0);
  writer.byte(VERSION);
  writer.float64(window.startMs);
  writer.float64(window.endMs);
  writer.varint(window.invalid);
  writeNotMeasured(writer, window.notMeasured);
  writeEndpointTable(writer, window.endpoints);
  writeUserTable(writer, window.users);
  writeSlowRequests(writer, window.slowRequests);
  writeSystemSamples(writer, window.systemSamples);
  writeRuntimeSamples(writer, window.runtimeSamples);
  writeTallies(writer, window.origins.tallies);
  writeTallies(writer, window.failures.tallies);
  return writer.finish();
}

/**
 * @param limits of the window returned; where it may hold less than the one encoded, the rest is folded or thinned
 * @throws TachoError `TACHO_BAD_DATA` where the bytes are not a window
 */
export function decodeWindow(bytes: Uint8Array, limits: WindowLimits): Window {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version > VERSION || version < WITHOUT_RUNTIME)
    throw reader.bad(`version ${version} of the window format is not known`);
  const startMs = reader.float64();
  const endMs = reader.float64();
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) throw reader.bad('a window has no time');

  const window = new Window(limits, startMs, endMs);
  window.invalid = reader.varint();
  readNotMeasured(reader, window.notMeasured);
  readEndpointTable(reader, window.endpoints);
  readUserTable(reader, window.users);
  readSlowRequests(reader, window.slowRequests);
  readSystemSamples(reader, window.systemSamples);
  if (version > WITHOUT_RUNTIME) window.countLeftOut(readRuntimeSamples(reader, window.runtimeSamples));
  if (version > WITHOUT_ORIGINS) {
    readTallies(reader, window.origins.tallies, Origins.KEY_LENGTH);
    readTallies(reader, window.failures.tallies, Failures.KEY_LENGTH);
  }
  reader.finish();
  return window;
}
