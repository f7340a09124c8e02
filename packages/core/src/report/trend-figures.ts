import type { EndpointStats } from '../endpoint-stats.ts';
import { SECOND_MS } from '../schedule.ts';
import type { Figures } from './change.ts';
import { rounded } from './rounded.ts';
import { averageTime, errorRate, statisticsReport } from './statistics.ts';

/** What can be followed over time. Times are seconds; null where nothing was completed, but for the counts. */
export interface TrendFigures {
  /** Completed, aborted and streamed. */
  requests: number;
  /** Requests a second; null where less than a second has passed. */
  throughput: number | null;
  avg_time: number | null;
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  /** Percentage of completed requests with status 400 or above. */
  error_rate: number | null;
  errors: number;
  /** Completed, and longer than 2 s. */
  slow_requests: number;
  /** 0 to 1. */
  apdex: number | null;
  aborted: number;
  streamed: number;
}

export type TrendMetric = keyof TrendFigures;

/** @param passedMs how long the stats were measured for */
export function trendFigures(stats: EndpointStats, passedMs: number): TrendFigures {
  const { p50, p90, p95, p99, apdex, aborted, streamed } = statisticsReport(stats);
  const none = stats.count === 0;
  return {
    requests: stats.total,
    throughput: passedMs < SECOND_MS ? null : rounded((stats.total * SECOND_MS) / passedMs, 6),
    avg_time: none ? null : averageTime(stats),
    p50,
    p90,
    p95,
    p99,
    error_rate: none ? null : errorRate(stats),
    errors: stats.errors,
    slow_requests: stats.slow,
    apdex,
    aborted,
    streamed,
  };
}

/** Of each point and total: the number of requests, which says what the others are worth, and what was asked for. */
export type Chosen<TFigures extends Figures<TrendMetric>> = Pick<TFigures, 'requests'> &
  Partial<Omit<TFigures, 'requests'>>;

/** @param metric undefined for all */
export function chosen<TFigures extends Figures<TrendMetric>>(
  figures: TFigures,
  metric: TrendMetric | undefined,
): Chosen<TFigures> {
  if (metric === undefined) return figures;
  return { requests: figures.requests, [metric]: figures[metric] } as Chosen<TFigures>;
}
