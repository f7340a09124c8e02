import { JsonFields } from './json-fields.ts';
import type { RequestRecord } from './record.ts';
import { isSlow } from './slow-requests.ts';
import { isValidRecord } from './validity.ts';

/** A slow request as JSON. */
export interface SlowRequestJson {
  readonly start_ms: number;
  readonly duration_ms: number;
  readonly method: string;
  readonly route: string;
  /** 0 where there was none. */
  readonly status: number;
  readonly user: string | null;
  readonly trace_id: string | null;
}

const FIELDS = [
  'start_ms',
  'duration_ms',
  'method',
  'route',
  'status',
  'user',
  'trace_id',
] as const satisfies (keyof SlowRequestJson)[];

export function slowRequestJson(record: RequestRecord): SlowRequestJson {
  return {
    start_ms: record.startMs,
    duration_ms: record.durationMs,
    method: record.method,
    route: record.route,
    status: record.status,
    user: record.user ?? null,
    trace_id: record.traceId ?? null,
  };
}

/**
 * @param path where the value stands, for messages
 * @throws TachoError `TACHO_BAD_DATA`
 */
export function slowRequestOfJson(value: unknown, path: string): RequestRecord {
  const fields = new JsonFields(value, path, FIELDS);
  const record: RequestRecord = {
    startMs: fields.number('start_ms'),
    durationMs: fields.number('duration_ms'),
    method: fields.text('method'),
    route: fields.text('route'),
    status: fields.count('status'),
    outcome: 'completed',
    user: fields.isNull('user') ? undefined : fields.text('user'),
    traceId: fields.isNull('trace_id') ? undefined : fields.text('trace_id'),
  };
  if (!isValidRecord(record) || !isSlow(record)) throw fields.bad('duration_ms', 'a slow request is none');
  return record;
}
