import type { EndpointStats } from '../endpoint-stats.ts';
import { averageTime, errorRate, percentile, totalTime } from './statistics.ts';

/** What users asked for. Times are seconds, of completed requests as `count` and `errors` are. */
export interface UserFiguresReport {
  count: number;
  total_time: number;
  /** These two are null where no request was completed. */
  avg_time: number | null;
  p95: number | null;
  /** Status 400 or above. */
  errors: number;
  /** Percentage of `count`; 0 where no request was completed. */
  error_rate: number;
  aborted: number;
  streamed: number;
  /** Completed, and longer than 2 s. */
  slow_requests: number;
}

export function userFigures(stats: EndpointStats): UserFiguresReport {
  return {
    count: stats.count,
    total_time: totalTime(stats),
    avg_time: stats.count === 0 ? null : averageTime(stats),
    p95: percentile(stats, 0.95),
    errors: stats.errors,
    error_rate: errorRate(stats),
    aborted: stats.aborted,
    streamed: stats.streamed,
    slow_requests: stats.slow,
  };
}
