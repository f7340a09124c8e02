import type { RequestRecord } from '../record.ts';
import type { Window } from '../window.ts';
import { finished } from './finished.ts';
import { type Order, type Page, type PageOptions, pageInOrder } from './order.ts';
import { seconds } from './seconds.ts';
import { timestamp } from './timestamp.ts';

/** So that the order of ranks as texts is that of ranks. */
const RANK_DIGITS = 12;

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

/** Slowest first, or latest first. */
export type SlowRequestSort = 'response_time' | 'timestamp';

const TIMES: Record<SlowRequestSort, (record: RequestRecord) => number> = {
  response_time: (record) => record.durationMs,
  timestamp: (record) => record.startMs,
};

/** At most `limit` requests, slowest first. */
export function slowRequestsReport(window: Window, limit: number): SlowRequestReport[] {
  return finished(slowRequestsPage(window, { sort: 'response_time', limit })).entries;
}

/** Slow requests by one of their times, the greatest first. */
export function* slowRequestsPage(
  window: Window,
  options: PageOptions<SlowRequestSort>,
): Generator<undefined, Page<SlowRequestReport[]>, undefined> {
  const ranked = rankedBy(TIMES[options.sort], window.slowRequests.list());
  const { entries, end } = yield* pageInOrder(ranked, BY_RANK, options);
  return { entries: entries.map(({ record }) => oneRequest(record)), end };
}

/** Requests may be alike in all that is known of them, so what tells those of one time apart is which of them it is. */
interface RankedRequest {
  readonly record: RequestRecord;
  readonly timeMs: number;
  readonly rank: number;
}

const BY_RANK: Order<RankedRequest> = {
  value: ({ timeMs }) => timeMs,
  name: ({ rank }) => String(rank).padStart(RANK_DIGITS, '0'),
};

function rankedBy(
  timeOf: (record: RequestRecord) => number,
  records: readonly RequestRecord[],
): RankedRequest[] {
  const ranks = new Map<number, number>();
  return records.map((record) => {
    const timeMs = timeOf(record);
    const rank = ranks.get(timeMs) ?? 0;
    ranks.set(timeMs, rank + 1);
    return { record, timeMs, rank };
  });
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
