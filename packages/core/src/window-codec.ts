import { ByteReader, ByteWriter } from './bytes.ts';
import { readEndpointTable, writeEndpointTable } from './endpoint-table-codec.ts';
import type { NotMeasured } from './not-measured.ts';
import { readSlowRequests, writeSlowRequests } from './slow-requests-codec.ts';
import { readSystemSamples, writeSystemSamples } from './system-samples-codec.ts';
import { Window, type WindowLimits } from './window.ts';

/**
 * The stored form of a window:
 *
 *     version  startMs  endMs  invalid  not measured  endpoints  slow requests  system samples
 *
 * Windows that hold the same have the same bytes. The version rises with any change; older ones stay readable.
 */
const VERSION = 1;

export function encodeWindow(window: Window): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  writer.float64(window.startMs);
  writer.float64(window.endMs);
  writer.varint(window.invalid);
  writeNotMeasured(writer, window.notMeasured);
  writeEndpointTable(writer, window.endpoints);
  writeSlowRequests(writer, window.slowRequests);
  writeSystemSamples(writer, window.systemSamples);
  return writer.finish();
}

/**
 * @param limits of the window returned; where it may hold less than the one encoded, the rest is folded or thinned
 * @throws TachoError `TACHO_BAD_DATA` where the bytes are not a window
 */
export function decodeWindow(bytes: Uint8Array, limits: WindowLimits): Window {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version !== VERSION) throw reader.bad(`version ${version} of the window format is not known`);
  const startMs = reader.float64();
  const endMs = reader.float64();
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) throw reader.bad('a window has no time');

  const window = new Window(limits, startMs, endMs);
  window.invalid = reader.varint();
  readNotMeasured(reader, window.notMeasured);
  readEndpointTable(reader, window.endpoints);
  readSlowRequests(reader, window.slowRequests);
  readSystemSamples(reader, window.systemSamples);
  reader.finish();
  return window;
}

function writeNotMeasured(writer: ByteWriter, notMeasured: NotMeasured): void {
  const kinds = notMeasured.entries();
  writer.varint(kinds.length);
  for (const [kind, n] of kinds) {
    writer.string(kind);
    writer.varint(n);
  }
}

function readNotMeasured(reader: ByteReader, notMeasured: NotMeasured): void {
  const kinds = reader.varint();
  for (let read = 0; read < kinds; read++) notMeasured.count(reader.string(), reader.varint());
}
