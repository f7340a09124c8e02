import type { RequestRecord } from '../record.ts';
import type { Window } from '../window.ts';
import { seconds } from './seconds.ts';
import { timestamp } from './timestamp.ts';

export interface SlowRequestReport {
  /** When the request's headers had arrived whole. */
  timestamp: string;
  /** The route alone. */
  endpoint: string;
  method: string;
  /** Seconds. */
  response_time: number;
  status_code: number;
  /** A pseudonym; null where no user is known. */
  user_email: string | null;
  trace_id: string | null;
}

/** At most `limit` requests, slowest first. */
export function slowRequestsReport(window: Window, limit: number): SlowRequestReport[] {
  return window.slowRequests.list().slice(0, limit).map(oneRequest);
}

function oneRequest(record: RequestRecord): SlowRequestReport {
  return {
    timestamp: timestamp(record.startMs),
    endpoint: record.route,
    method: record.method,
    response_time: seconds(record.durationMs),
    status_code: record.status,
    user_email: record.user ?? null,
    trace_id: record.traceId ?? null,
  };
}
