/**
 * What a list may be ordered by, its default first: the greatest first, but the poorest Apdex, and names as they are
 * spelled. `count` is of requests whatever their outcome. Where nothing was measured, the entry is last; entries
 * alike are in the order of their names.
 */
export const ENDPOINT_SORTS = [
  'count',
  'total_time',
  'avg_time',
  'max_time',
  'p50',
  'p90',
  'p95',
  'p99',
  'errors',
  'client_errors',
  'server_errors',
  'apdex',
  'name',
] as const;

export const USER_SORTS = ['count', 'total_time', 'avg_time', 'p95', 'errors', 'slow_requests'] as const;

/** Slowest first, or latest first. */
export const SLOW_REQUEST_SORTS = ['response_time', 'timestamp'] as const;
