import type { EndpointStats } from '../endpoint-stats.ts';
import { busiestFirst, type EndpointEntry, endpointName, OVERFLOW_METHOD } from '../endpoint-table.ts';
import { DEFAULT_HEALTH_THRESHOLDS, type Health, type HealthThresholds, healthOf } from '../health.ts';
import { OVERFLOW_ROUTE } from '../record.ts';
import type { Window } from '../window.ts';
import { changeOf } from './change.ts';
import { type Coverage, type CoverageReport, coverageReport } from './coverage.ts';
import { keyedObject } from './keyed-object.ts';
import { averageTime, errorRate } from './statistics.ts';
import { comparableTotals, type TotalsReport, totalsReport } from './totals.ts';

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

/** All that was measured, in a few figures. */
export interface SummaryReport extends TotalsReport, CoverageReport {
  /** The ten with the most completed requests, most first; one without any is not among them. */
  top_endpoints: TopEndpointReport[];
  system_health: Health;
  /** Records left out because a number in them was none. */
  invalid: number;
  /** How many of the total are counted under no endpoint of their own. */
  overflow_requests: number;
  /** Requests seen and left out of all other figures, by kind; has no prototype. */
  not_measured: Record<string, number>;
  comparison?: SummaryComparisonReport;
}

/** The figures of another range. */
export interface SummaryComparisonReport extends TotalsReport, CoverageReport {
  /** By how many percent each figure of the summary is above that of this range; null where there is no telling. */
  change: Record<keyof TotalsReport, number | null>;
}

/** What was measured in a range. */
export interface CoveredWindow extends Coverage {
  readonly window: Window;
}

export interface SummaryOptions {
  /** Epoch milliseconds. */
  nowMs: number;
  thresholds?: Readonly<HealthThresholds> | undefined;
  comparison?: CoveredWindow | undefined;
}

export function summaryReport(
  covered: CoveredWindow,
  { nowMs, thresholds = DEFAULT_HEALTH_THRESHOLDS, comparison }: SummaryOptions,
): SummaryReport {
  const { window } = covered;
  const all = window.endpoints.total();
  // A sample from the future was taken before the clock was set back.
  const latest = window.systemSamples.list().findLast((sample) => sample.timestampMs <= nowMs);
  const { total_requests, avg_response_time, slow_requests, error_rate, ...statistics } = totalsReport(all);
  return {
    total_requests,
    avg_response_time,
    slow_requests,
    error_rate,
    top_endpoints: topEndpoints([...window.endpoints.entries()]),
    system_health: healthOf(latest, nowMs, thresholds),
    ...statistics,
    invalid: window.invalid,
    overflow_requests: window.endpoints.get(`${OVERFLOW_METHOD} ${OVERFLOW_ROUTE}`)?.stats.total ?? 0,
    not_measured: keyedObject(window.notMeasured.entries()),
    ...coverageReport(covered, nowMs),
    ...(comparison && { comparison: comparedWith(comparison, all, nowMs) }),
  };
}

function comparedWith(other: CoveredWindow, all: EndpointStats, nowMs: number): SummaryComparisonReport {
  const stats = other.window.endpoints.total();
  return {
    ...coverageReport(other, nowMs),
    ...totalsReport(stats),
    change: changeOf(comparableTotals(all), comparableTotals(stats)),
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
