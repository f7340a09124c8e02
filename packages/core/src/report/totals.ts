import type { EndpointStats } from '../endpoint-stats.ts';
import type { Figures } from './change.ts';
import { averageTime, errorRate, type StatisticsReport, statisticsReport } from './statistics.ts';

/** All endpoints together. Times are seconds, of completed requests. */
export interface TotalsReport extends StatisticsReport {
  /** Completed, aborted and streamed. */
  total_requests: number;
  /** 0 where no request was completed. */
  avg_response_time: number;
  /** Completed, and longer than 2 s. */
  slow_requests: number;
  /** Percentage of completed requests with status 400 or above; 0 where there is none. */
  error_rate: number;
}

export function totalsReport(stats: EndpointStats): TotalsReport {
  return {
    total_requests: stats.total,
    avg_response_time: averageTime(stats),
    slow_requests: stats.slow,
    error_rate: errorRate(stats),
    ...statisticsReport(stats),
  };
}

/** The same, with null for what nothing was measured of: where there is no average, there is none to compare. */
export function comparableTotals(stats: EndpointStats): Figures<keyof TotalsReport> {
  const totals = totalsReport(stats);
  return stats.count > 0 ? totals : { ...totals, avg_response_time: null, error_rate: null };
}
