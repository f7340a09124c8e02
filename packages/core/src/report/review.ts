import type { EndpointStats } from '../endpoint-stats.ts';
import { DEFAULT_HEALTH_THRESHOLDS, type Health, type HealthThresholds, healthOf } from '../health.ts';
import type { SystemSample } from '../record.ts';
import { DAY_MS, HOUR_MS } from '../schedule.ts';
import { changeOf } from './change.ts';
import { type CoverageReport, coverageReport } from './coverage.ts';
import { finished } from './finished.ts';
import { type CapacityReport, capacityReport } from './review-capacity.ts';
import { type ChangesReport, changesReport, NO_CHANGES } from './review-changes.ts';
import { type BusiestHourReport, busiestHours, requestsByHour } from './review-hours.ts';
import { endpointLists, REVIEW_LIST_LENGTH, type ReviewEndpointLists } from './review-lists.ts';
import { type MeasuredReport, measuredOf, RESOLUTION_MS } from './review-measured.ts';
import type { ReviewPast } from './review-past.ts';
import type { PeriodSpan, ReviewPeriod } from './review-period.ts';
import { type ReviewStepReport, reviewSteps } from './review-steps.ts';
import { rounded } from './rounded.ts';
import { type SlowRequestReport, slowRequestsReport } from './slow-requests.ts';
import { stepText } from './step-text.ts';
import type { CoveredWindow } from './summary.ts';
import { timestamp } from './timestamp.ts';
import { comparableTotals, type TotalsReport, totalsReport } from './totals.ts';
import { type UserReport, usersPage } from './users.ts';

/** A day, a week or a month, for whoever reviews it. Lists have at most ten entries, but for steps and hours. */
export interface ReviewReport extends TotalsReport, MeasuredReport, CoverageReport, ReviewEndpointLists {
  period: ReviewPeriod;
  /** By ISO 8601: `2026-01-30`, `2026-W05`, `2026-01`. */
  name: string;
  /** Whether it was over when this was made. */
  is_over: boolean;
  /** When this was made. */
  made_at: string;
  /** As the last sample of the host in it says. */
  system_health: Health;
  /** In how many percent of the samples the host was how; null without samples. */
  health: Record<Exclude<Health, 'unknown'>, number> | null;
  /** The period before; null where nothing was measured in it, or nothing of it is kept. */
  comparison: ReviewComparisonReport | null;
  changes: ChangesReport;
  /** Slowest first. */
  slowest_requests: SlowRequestReport[];
  /** Most requests first; null where the reader may not see users. */
  heaviest_users: UserReport[] | null;
  /** Of a step. */
  step: string;
  /** Those that have begun, in order of time. */
  steps: ReviewStepReport[];
  /** Most requests first; empty where only days are known, as `requests_by_hour` is. */
  busiest_hours: BusiestHourReport[];
  /** For each hour of the day (UTC) from 0 to 23, the requests of all days. */
  requests_by_hour: number[];
  capacity: CapacityReport;
}

/** The period before; of one that is not over, as long a part of the one before as has passed. */
export interface ReviewComparisonReport extends TotalsReport, MeasuredReport, CoverageReport {
  name: string;
  /** By how many percent each figure is above that of the period before; null where there is no telling. */
  change: Record<keyof TotalsReport, number | null>;
}

export interface ReviewOptions {
  /** Epoch milliseconds. */
  nowMs: number;
  thresholds?: Readonly<HealthThresholds> | undefined;
  /** Whether users are named. */
  users: boolean;
}

/** Made in pieces: it is what the generator returns. */
export function* reviewReport(
  past: ReviewPast,
  { nowMs, thresholds = DEFAULT_HEALTH_THRESHOLDS, users }: ReviewOptions,
): Generator<undefined, ReviewReport, undefined> {
  const { span, now, series } = past;
  const { window } = now;
  const range = { fromMs: span.fromMs, endMs: Math.min(span.toMs, nowMs) };
  const samples = samplesIn(now, range);
  const stepMs = Math.max(span.period === 'day' ? HOUR_MS : DAY_MS, RESOLUTION_MS[series.resolution]);
  yield;
  const all = window.endpoints.total();
  yield;
  const comparison = comparisonOf(past, all, nowMs);
  yield;
  const changes = comparison === null ? NO_CHANGES : yield* changesReport(window, past.before.window);
  const lists = yield* endpointLists(window);
  const heaviest_users = users ? yield* heaviestUsers(now, nowMs) : null;
  const measured = measuredOf(window, series, range);
  yield;
  const steps = reviewSteps(series, samples, { ...range, stepMs });
  yield;
  return {
    ...headOf(span, now, nowMs),
    ...measured,
    ...totalsReport(all),
    ...healthReport(samples, thresholds),
    comparison,
    changes,
    ...lists,
    slowest_requests: slowestRequests(now, users),
    heaviest_users,
    step: stepText(stepMs),
    steps,
    busiest_hours: busiestHours(series),
    requests_by_hour: requestsByHour(series),
    capacity: capacityReport(samples, stepMs, range.endMs, thresholds),
  };
}

/** The same in one go. */
export function wholeReviewReport(past: ReviewPast, options: ReviewOptions): ReviewReport {
  return finished(reviewReport(past, options));
}

function headOf({ period, name, toMs }: PeriodSpan, now: CoveredWindow, nowMs: number) {
  return {
    period,
    name,
    is_over: toMs <= nowMs,
    made_at: timestamp(nowMs),
    ...coverageReport(now, nowMs),
  };
}

/** Rows of days may reach beyond what was asked for; and what is later than now was measured by a wrong clock. */
function samplesIn(
  { window }: CoveredWindow,
  { fromMs, endMs }: { fromMs: number; endMs: number },
): SystemSample[] {
  return window.systemSamples
    .list()
    .filter(({ timestampMs }) => timestampMs >= fromMs && timestampMs < endMs);
}

function comparisonOf(past: ReviewPast, all: EndpointStats, nowMs: number): ReviewComparisonReport | null {
  const { previous, before, seriesBefore, beforeEndMs: endMs } = past;
  const measured = measuredOf(before.window, seriesBefore, { fromMs: previous.fromMs, endMs });
  const stats = before.window.endpoints.total();
  if (measured.measured_percent === 0 && stats.total === 0) return null;
  return {
    name: previous.name,
    ...coverageReport(before, nowMs),
    ...measured,
    ...totalsReport(stats),
    change: changeOf(comparableTotals(all), comparableTotals(stats)),
  };
}

function healthReport(
  samples: readonly SystemSample[],
  thresholds: Readonly<HealthThresholds>,
): Pick<ReviewReport, 'system_health' | 'health'> {
  const levels = samples.map((sample) => healthOf(sample, sample.timestampMs, thresholds));
  const known = levels.filter((level) => level !== 'unknown');
  const share = (health: Health): number =>
    rounded((100 * known.filter((level) => level === health).length) / known.length, 4);
  return {
    system_health: levels.at(-1) ?? 'unknown',
    health:
      known.length === 0
        ? null
        : { healthy: share('healthy'), warning: share('warning'), critical: share('critical') },
  };
}

function* heaviestUsers(now: CoveredWindow, nowMs: number): Generator<undefined, UserReport[], undefined> {
  const { report } = yield* usersPage(now, { nowMs, sort: 'count', limit: REVIEW_LIST_LENGTH });
  return report.users;
}

function slowestRequests({ window }: CoveredWindow, users: boolean): SlowRequestReport[] {
  const slowest = slowRequestsReport(window, REVIEW_LIST_LENGTH);
  return users ? slowest : slowest.map((one) => ({ ...one, user_email: null }));
}
