import { HOUR_MS } from '../schedule.ts';
import { topOf } from './review-lists.ts';
import { errorRate, percentile } from './statistics.ts';
import { timestamp } from './timestamp.ts';
import type { TrendSeries } from './trends.ts';

/** An hour in which there was more to do than in others. */
export interface BusiestHourReport {
  /** When it begins. */
  timestamp: string;
  total_requests: number;
  /** Seconds; null where no request was completed. */
  p95: number | null;
  /** Percentage of completed requests with status 400 or above; 0 where there is none. */
  error_rate: number;
}

const HOURS_OF_A_DAY = 24;

/** The ten with the most requests; none where only days are known. */
export function busiestHours(series: TrendSeries): BusiestHourReport[] {
  if (!isByHour(series)) return [];
  return topOf(
    series.steps,
    ({ stats }) => stats.total,
    ({ startMs }) => timestamp(startMs),
  ).map(({ startMs, stats }) => ({
    timestamp: timestamp(startMs),
    total_requests: stats.total,
    p95: percentile(stats, 0.95),
    error_rate: errorRate(stats),
  }));
}

/** Of each hour of the day (UTC), from 0 to 23; empty where only days are known. */
export function requestsByHour(series: TrendSeries): number[] {
  if (!isByHour(series)) return [];
  const requests = Array<number>(HOURS_OF_A_DAY).fill(0);
  for (const { startMs, stats } of series.steps) requests[new Date(startMs).getUTCHours()]! += stats.total;
  return requests;
}

function isByHour({ stepMs, resolution }: TrendSeries): boolean {
  return stepMs === HOUR_MS && resolution !== 'day';
}
