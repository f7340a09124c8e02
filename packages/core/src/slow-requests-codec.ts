import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { RequestRecord } from './record.ts';
import { isSlow, type SlowRequests } from './slow-requests.ts';
import { isValidRecord } from './validity.ts';

/** The stored form of slow requests: their number, then each, slowest first. */
export function writeSlowRequests(writer: ByteWriter, slowRequests: SlowRequests): void {
  const records = slowRequests.list();
  writer.varint(records.length);
  for (const record of records) {
    writer.float64(record.startMs);
    writer.float64(record.durationMs);
    writer.string(record.method);
    writer.string(record.route);
    writer.varint(record.status);
    writeOptionalString(writer, record.user);
    writeOptionalString(writer, record.traceId);
  }
}

/** @param slowRequests takes the records; past its limit the fastest go */
export function readSlowRequests(reader: ByteReader, slowRequests: SlowRequests): void {
  const records = reader.varint();
  for (let read = 0; read < records; read++) {
    const record: RequestRecord = {
      startMs: reader.float64(),
      durationMs: reader.float64(),
      method: reader.string(),
      route: reader.string(),
      status: reader.varint(),
      outcome: 'completed',
      user: readOptionalString(reader),
      traceId: readOptionalString(reader),
    };
    if (!isValidRecord(record) || !isSlow(record)) throw reader.bad('a slow request is none');
    slowRequests.record(record);
  }
}

/** A byte that is 0 where there is no string, else 1 and the string. */
function writeOptionalString(writer: ByteWriter, value: string | undefined): void {
  writer.byte(value === undefined ? 0 : 1);
  if (value !== undefined) writer.string(value);
}

function readOptionalString(reader: ByteReader): string | undefined {
  return reader.byte() === 0 ? undefined : reader.string();
}
