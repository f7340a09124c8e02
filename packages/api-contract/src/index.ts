export type { AccessLog, AccessLogEntry, AccessLogFault, AccessLogVerification } from './access-log.ts';
export {
  AccessLogEntrySchema,
  AccessLogFaultSchema,
  AccessLogHead,
  AccessLogSchema,
  AccessLogVerificationSchema,
  validateAccessLog,
  validateAccessLogVerification,
} from './access-log.ts';
export type {
  Alert,
  AlertCause,
  AlertNotifier,
  AlertRule,
  Alerts,
  AlertTest,
  AlertTestOutcome,
} from './alerts.ts';
export {
  AlertCauseSchema,
  AlertNotifierSchema,
  AlertRuleSchema,
  AlertSchema,
  AlertsSchema,
  AlertTestOutcomeSchema,
  AlertTestSchema,
  validateAlerts,
  validateAlertTest,
} from './alerts.ts';
export type { Body } from './body.ts';
export type { Compare, Interval } from './compare.ts';
export type { Endpoint, Endpoints } from './endpoints.ts';
export {
  EndpointSchema,
  EndpointsSchema,
  MAX_ENDPOINTS_WITH_BUCKETS,
  validateEndpoints,
} from './endpoints.ts';
export type {
  Degradation,
  ExportHealth,
  FullHealth,
  Health,
  HealthStatus,
  NoticesReport,
  ProcessHealth,
  StoreHealth,
} from './health.ts';
export {
  DegradationSchema,
  ExportHealthSchema,
  FullHealthSchema,
  HealthSchema,
  HealthStatusSchema,
  MetricExportHealthSchema,
  NoticesSchema,
  ProcessHealthSchema,
  SpanExportHealthSchema,
  StoreHealthSchema,
  validateHealth,
} from './health.ts';
export { parseInstant } from './instant.ts';
export type { OpenApiDocument } from './openapi.ts';
export { OpenApiDocumentSchema } from './openapi.ts';
export type { Operation, OperationAccess, OperationMethod } from './operation.ts';
export type { AnswerOf, BodyOf, OperationName, QueryOf } from './operations.ts';
export { OPERATIONS } from './operations.ts';
export type { Problem, ProblemCode } from './problem.ts';
export { PROBLEM_CODES, ProblemSchema, validateProblem } from './problem.ts';
export type { Query, RangeParameters } from './query.ts';
export {
  endpointsQuery,
  noQuery,
  reviewQuery,
  slowRequestsQuery,
  summaryQuery,
  trendsQuery,
  usersQuery,
  windowQuery,
} from './query.ts';
export type { Review, ReviewChanges } from './review.ts';
export {
  AverageAndPeakSchema,
  BusiestHourSchema,
  CapacityFigureSchema,
  CapacitySchema,
  ErrorChangeSchema,
  LatencyChangeSchema,
  REVIEW_PERIODS,
  ReviewChangesSchema,
  ReviewComparisonSchema,
  ReviewEndpointSchema,
  ReviewGapSchema,
  ReviewSchema,
  ReviewStepSchema,
  SeenEndpointSchema,
  validateReview,
} from './review.ts';
export type { Silence, SilenceRequest } from './silences.ts';
export {
  MAX_SILENCE_MINUTES,
  SILENCE_ID,
  SilenceRequestSchema,
  SilenceSchema,
  validateSilence,
} from './silences.ts';
export type { SlowRequest, SlowRequests } from './slow-requests.ts';
export { SlowRequestSchema, SlowRequestsSchema, validateSlowRequests } from './slow-requests.ts';
export { ENDPOINT_SORTS, SLOW_REQUEST_SORTS, USER_SORTS } from './sorts.ts';
export type { Summary, SummaryComparison, TopEndpoint } from './summary.ts';
export {
  SummaryChangeSchema,
  SummaryComparisonSchema,
  SummarySchema,
  TopEndpointSchema,
  validateSummary,
} from './summary.ts';
export type { ProcessMetric, SystemMetric, SystemMetrics } from './system-metrics.ts';
export {
  ProcessMetricSchema,
  SystemMetricSchema,
  SystemMetricsSchema,
  validateSystemMetrics,
} from './system-metrics.ts';
export type { TrendComparison, TrendPoint, Trends } from './trends.ts';
export {
  TREND_METRICS,
  TrendChangeSchema,
  TrendComparisonSchema,
  TrendFiguresSchema,
  TrendPointSchema,
  TrendsSchema,
  validateTrends,
} from './trends.ts';
export type { KeyPeriod, User, Users } from './users.ts';
export { KeyPeriodSchema, UserFiguresSchema, UserSchema, UsersSchema, validateUsers } from './users.ts';
export type { Issue, Validation, Validator } from './validation.ts';
