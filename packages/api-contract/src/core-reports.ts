import type {
  EndpointSort,
  EndpointsReport,
  ReviewReport,
  SlowRequestReport,
  SlowRequestSort,
  SummaryReport,
  SystemMetricReport,
  TrendMetric,
  TrendsReport,
  UserSort,
  UsersReport,
} from '@tacho/core';
import type { Endpoints } from './endpoints.ts';
import type { Review } from './review.ts';
import type { SlowRequests } from './slow-requests.ts';
import type { ENDPOINT_SORTS, SLOW_REQUEST_SORTS, USER_SORTS } from './sorts.ts';
import type { Summary } from './summary.ts';
import type { SystemMetrics } from './system-metrics.ts';
import type { TREND_METRICS, Trends } from './trends.ts';
import type { Users } from './users.ts';

type Assignable<TFrom extends TTo, TTo> = [TFrom, TTo];

/**
 * Compiles only as long as core's reports and this contract say the same, so that neither has a field that the
 * other does not promise. Nothing imports it.
 */
export type ReportsKeepTheContract = [
  Assignable<SummaryReport, Summary>,
  Assignable<EndpointsReport, Endpoints>,
  Assignable<SlowRequestReport[], SlowRequests>,
  Assignable<SystemMetricReport[], SystemMetrics>,
  Assignable<TrendsReport, Trends>,
  Assignable<UsersReport, Users>,
  Assignable<ReviewReport, Review>,
  Assignable<TrendMetric, (typeof TREND_METRICS)[number]>,
  Assignable<EndpointSort, (typeof ENDPOINT_SORTS)[number]>,
  Assignable<UserSort, (typeof USER_SORTS)[number]>,
  Assignable<SlowRequestSort, (typeof SLOW_REQUEST_SORTS)[number]>,
];

export type ContractKeepsToReports = [
  Assignable<Summary, SummaryReport>,
  Assignable<Endpoints, EndpointsReport>,
  Assignable<SlowRequests, SlowRequestReport[]>,
  Assignable<SystemMetrics, SystemMetricReport[]>,
  Assignable<Trends, TrendsReport>,
  Assignable<Users, UsersReport>,
  Assignable<Review, ReviewReport>,
  Assignable<(typeof TREND_METRICS)[number], TrendMetric>,
  Assignable<(typeof ENDPOINT_SORTS)[number], EndpointSort>,
  Assignable<(typeof USER_SORTS)[number], UserSort>,
  Assignable<(typeof SLOW_REQUEST_SORTS)[number], SlowRequestSort>,
];
