import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { HexTextReader, HexTextWriter } from './hex-text-codec.ts';
import type { RequestRecord } from './record.ts';
import { RepeatedTextReader, RepeatedTextWriter } from './repeated-text-codec.ts';
import { isSlow, MAX_STATUS, type SlowRequests } from './slow-requests.ts';
import { isValidRecord } from './validity.ts';

/** What a record has, as bits of the byte that it begins with. */
const USER = 1 << 0;
const TRACE = 1 << 1;

/** The stored form of slow requests: their number, then each, slowest first. */
export function writeSlowRequests(writer: ByteWriter, slowRequests: SlowRequests): void {
  const records = slowRequests.list();
  writer.varint(records.length);
  if (records.length === 0) return;
  const names = new RepeatedTextWriter(writer);
  const users = new HexTextWriter(writer);
  const traces = new HexTextWriter(writer);
  for (const { startMs, durationMs, method, route, status, user, traceId } of records) {
    writer.byte((user === undefined ? 0 : USER) | (traceId === undefined ? 0 : TRACE));
    writer.float64(startMs);
    writer.float64(durationMs);
    names.write(method);
    names.write(route);
    writer.varint(status);
    if (user !== undefined) users.write(user);
    if (traceId !== undefined) traces.write(traceId);
  }
}

/** @param slowRequests takes the records; past its limit the fastest go */
export function readSlowRequests(reader: ByteReader, slowRequests: SlowRequests): void {
  const count = reader.varint();
  const names = new RepeatedTextReader(reader);
  const users = new HexTextReader(reader);
  const traces = new HexTextReader(reader);
  const records: RequestRecord[] = [];
  for (let read = 0; read < count; read++) {
    const has = reader.byte();
    const record: RequestRecord = {
      startMs: reader.float64(),
      durationMs: reader.float64(),
      method: names.read(),
      route: names.read(),
      status: reader.varint(),
      outcome: 'completed',
      user: (has & USER) === 0 ? undefined : users.read(),
      traceId: (has & TRACE) === 0 ? undefined : traces.read(),
    };
    const isOne =
      has <= (USER | TRACE) && record.status <= MAX_STATUS && isValidRecord(record) && isSlow(record);
    if (!isOne) throw reader.bad('a slow request is none');
    records.push(record);
  }
  slowRequests.adopt(records);
}
