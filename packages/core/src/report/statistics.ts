import type { EndpointStats } from '../endpoint-stats.ts';
import { rounded } from './rounded.ts';
import { seconds } from './seconds.ts';

/** What is said of one endpoint and of all together. Times are seconds. */
export interface StatisticsReport {
  /** The percentiles and Apdex are of completed requests, null where there is none. */
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  /** 0 to 1. */
  apdex: number | null;
  client_errors: number;
  server_errors: number;
  aborted: number;
  streamed: number;
}

export function statisticsReport(stats: EndpointStats): StatisticsReport {
  return {
    p50: percentile(stats, 0.5),
    p90: percentile(stats, 0.9),
    p95: percentile(stats, 0.95),
    p99: percentile(stats, 0.99),
    apdex: apdex(stats),
    client_errors: stats.clientErrors,
    server_errors: stats.serverErrors,
    aborted: stats.aborted,
    streamed: stats.streamed,
  };
}

/** Seconds of completed requests together. */
export function totalTime(stats: EndpointStats): number {
  return rounded(stats.sumUs / 1_000_000, 6);
}

/** Mean seconds of completed requests; 0 where there is none. */
export function averageTime(stats: EndpointStats): number {
  return stats.count === 0 ? 0 : seconds(stats.sumUs / 1000 / stats.count);
}

/** Percentage of completed requests with status 400 or above, to four decimals; 0 where there is none. */
export function errorRate(stats: EndpointStats): number {
  return stats.count === 0 ? 0 : rounded((stats.errors / stats.count) * 100, 4);
}

/** Seconds; null where no request was completed. */
export function percentile(stats: EndpointStats, q: number): number | null {
  return stats.count === 0 ? null : seconds(stats.quantileMs(q));
}

/** Apdex Technical Specification 1.1: (satisfied + tolerating / 2) / all; to four decimals. */
export function apdex(stats: EndpointStats): number | null {
  return stats.count === 0 ? null : rounded((stats.satisfied + stats.tolerating / 2) / stats.count, 4);
}
