import { EndpointStats } from '../endpoint-stats.ts';
import { busiestFirst, type EndpointEntry, endpointName, OVERFLOW_METHOD } from '../endpoint-table.ts';
import { DEFAULT_HEALTH_THRESHOLDS, type Health, type HealthThresholds, healthOf } from '../health.ts';
import { OVERFLOW_ROUTE } from '../record.ts';
import type { Window } from '../window.ts';
import { keyedObject } from './keyed-object.ts';
import { averageTime, errorRate, type StatisticsReport, statisticsReport } from './statistics.ts';
import { timestamp } from './timestamp.ts';

const TOP_ENDPOINTS = 10;

export interface TopEndpointReport {
  /** `METHOD route`. */
  endpoint: string;
  count: number;
  /** Seconds. */
  avg_time: number;
  /** Percentage of `count`. */
  error_rate: number;
}

/** All that was measured, in a few figures. Times are seconds, of completed requests. */
export interface SummaryReport extends StatisticsReport {
  /** Completed, aborted and streamed. */
  total_requests: number;
  /** 0 where no request was completed. */
  avg_response_time: number;
  /** Completed, and longer than 2 s. */
  slow_requests: number;
  /** Percentage of completed requests with status 400 or above; 0 where there is none. */
  error_rate: number;
  /** The ten with the most completed requests, most first; one without any is not among them. */
  top_endpoints: TopEndpointReport[];
  system_health: Health;
  /** Records left out because a number in them was none. */
  invalid: number;
  /** How many of the total are counted under no endpoint of their own. */
  overflow_requests: number;
  /** Requests seen and left out of all other figures, by kind; has no prototype. */
  not_measured: Record<string, number>;
  /** When the oldest window began. */
  from: string;
  /** Now. */
  to: string;
}

export interface SummaryOptions {
  /** Epoch milliseconds. */
  nowMs: number;
  thresholds?: Readonly<HealthThresholds> | undefined;
}

export function summaryReport(
  window: Window,
  { nowMs, thresholds = DEFAULT_HEALTH_THRESHOLDS }: SummaryOptions,
): SummaryReport {
  const entries = [...window.endpoints.entries()];
  const all = new EndpointStats();
  for (const { stats } of entries) all.merge(stats);
  // A sample from the future was taken before the clock was set back.
  const latest = window.systemSamples.list().findLast((sample) => sample.timestampMs <= nowMs);
  return {
    total_requests: all.total,
    avg_response_time: averageTime(all),
    slow_requests: all.slow,
    error_rate: errorRate(all),
    top_endpoints: topEndpoints(entries),
    system_health: healthOf(latest, nowMs, thresholds),
    ...statisticsReport(all),
    invalid: window.invalid,
    overflow_requests: window.endpoints.get(`${OVERFLOW_METHOD} ${OVERFLOW_ROUTE}`)?.stats.total ?? 0,
    not_measured: keyedObject(window.notMeasured.entries()),
    // A window of nothing begins at Infinity.
    from: timestamp(Math.min(window.startMs, nowMs)),
    to: timestamp(nowMs),
  };
}

function topEndpoints(entries: readonly EndpointEntry[]): TopEndpointReport[] {
  return entries
    .filter(({ stats }) => stats.count > 0)
    .sort((a, b) => b.stats.count - a.stats.count || busiestFirst(a, b))
    .slice(0, TOP_ENDPOINTS)
    .map((entry) => ({
      endpoint: endpointName(entry),
      count: entry.stats.count,
      avg_time: averageTime(entry.stats),
      error_rate: errorRate(entry.stats),
    }));
}
