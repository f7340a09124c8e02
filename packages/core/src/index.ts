export { Aggregator } from './aggregator.ts';
export type { Clock } from './clock.ts';
export { coarsen } from './coarsen.ts';
export { FAST, type Part, partMeanMs, quantileMs, TYPICAL } from './comparison/distribution.ts';
export { type ErrorIncrease, errorIncrease } from './comparison/error-increase.ts';
export {
  type Bucket,
  errorCount,
  mergedBuckets,
  type Run,
  requestCount,
  type Slice,
} from './comparison/slice.ts';
export { type RunPair, type Slowdown, slowdown } from './comparison/slowdown.ts';
export { EndpointStats } from './endpoint-stats.ts';
export { type EndpointEntry, type EndpointName, endpointName, isOverflow } from './endpoint-table.ts';
export { TachoError, type TachoErrorCode } from './errors.ts';
export { escapeControls } from './escape-controls.ts';
export type {
  ExportStatus,
  MetricExportStatus,
  SpanDropReason,
  SpanExportStatus,
  SpanQueueStatus,
} from './export-status.ts';
export type { Failures, FailureTotals } from './failures.ts';
export * as figures from './figures.ts';
export { DEFAULT_HEALTH_THRESHOLDS, type Health, type HealthThresholds } from './health.ts';
export { addressKey, canonicalAddress, truncateAddress } from './ip-address.ts';
export { keptText } from './kept-text.ts';
export { type KeyPeriod, keyPeriodOf } from './key-period.ts';
export type { Origin, Origins, OriginTotals } from './origins.ts';
export { endpointStatsIn } from './packed-endpoints.ts';
export { headTotal } from './packed-head.ts';
export { type EndpointNames, PackedMerge } from './packed-merge.ts';
export { packUsers } from './packed-users.ts';
export { type PackedWindow, packWindow } from './packed-window.ts';
export { OUTCOMES, type Outcome, OVERFLOW_ROUTE, type RequestRecord, type SystemSample } from './record.ts';
export { type Coverage, isPartial } from './report/coverage.ts';
export type { BucketReport } from './report/distribution.ts';
export {
  type EndpointReport,
  type EndpointSort,
  type EndpointsPageOptions,
  type EndpointsReport,
  endpointReport,
  endpointsPage,
  endpointsReport,
} from './report/endpoints.ts';
export type { Page, PageOptions, Position } from './report/order.ts';
export type { ProcessReport } from './report/processes.ts';
export {
  type ReviewComparisonReport,
  type ReviewOptions,
  type ReviewReport,
  reviewReport,
  wholeReviewReport,
} from './report/review.ts';
export type { CapacityFigureReport, CapacityReport, DiskFullReport } from './report/review-capacity.ts';
export type {
  ChangesReport,
  ErrorChangeReport,
  LatencyChangeReport,
  SeenEndpointReport,
} from './report/review-changes.ts';
export type { BusiestHourReport } from './report/review-hours.ts';
export type { ReviewEndpointReport } from './report/review-lists.ts';
export type { GapReport, MeasuredReport } from './report/review-measured.ts';
export { type ReviewPast, type ReviewSource, readReviewPast } from './report/review-past.ts';
export {
  lastPeriodBy,
  type PeriodSpan,
  periodAt,
  REVIEW_PERIODS,
  type ReviewPeriod,
} from './report/review-period.ts';
export type { AverageAndPeak, ReviewStepReport } from './report/review-steps.ts';
export { seconds } from './report/seconds.ts';
export {
  type SlowRequestReport,
  type SlowRequestSort,
  slowRequestsPage,
  slowRequestsReport,
} from './report/slow-requests.ts';
export { stepText } from './report/step-text.ts';
export {
  type CoveredWindow,
  type SummaryOptions,
  type SummaryReport,
  summaryReport,
  type TopEndpointReport,
} from './report/summary.ts';
export {
  type SystemMetricReport,
  systemMetricEntries,
  systemMetricsReport,
} from './report/system-metrics.ts';
export { timestamp } from './report/timestamp.ts';
export type { TrendMetric } from './report/trend-figures.ts';
export {
  type TrendSeries,
  type TrendsOptions,
  type TrendsReport,
  trendPointCount,
  trendsReport,
} from './report/trends.ts';
export {
  type KeyPeriodReport,
  type UserReport,
  type UserSort,
  type UsersOptions,
  type UsersPage,
  type UsersReport,
  usersPage,
  usersReport,
} from './report/users.ts';
export type { RuntimeSample } from './runtime-sample.ts';
export { ceilTo, DAY_MS, floorTo, HOUR_MS, MINUTE_MS, SECOND_MS } from './schedule.ts';
export type { Sketch } from './sketch/sketch.ts';
export { isSlow, SLOW_MS } from './slow-requests.ts';
export { joinedSources, type Source, type Sources } from './sources.ts';
export { DEFAULT_LIMITS, Window, type WindowLimits } from './window.ts';
export { decodeWindow, encodeWindow } from './window-codec.ts';
export { type WindowJson, windowJson, windowOfJson } from './window-json.ts';
