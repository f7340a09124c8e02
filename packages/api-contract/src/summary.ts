import * as v from 'valibot';
import { coverageEntries } from './coverage.ts';
import { Change, Count, Percent, Seconds } from './quantities.ts';
import { totalsEntries } from './totals.ts';
import { validator } from './validation.ts';

export const TopEndpointSchema = v.object({
  /** `METHOD route`. */
  endpoint: v.string(),
  count: Count,
  avg_time: Seconds,
  error_rate: Percent,
});

/** The figures of another range, which was asked for with `compare`. */
export const SummaryComparisonSchema = v.object({
  ...totalsEntries,
  ...coverageEntries,
  change: v.object({
    total_requests: Change,
    avg_response_time: Change,
    slow_requests: Change,
    error_rate: Change,
    p50: Change,
    p90: Change,
    p95: Change,
    p99: Change,
    apdex: Change,
    client_errors: Change,
    server_errors: Change,
    aborted: Change,
    streamed: Change,
  }),
});

/** `GET /api/performance/summary` */
export const SummarySchema = v.object({
  ...totalsEntries,
  /** At most ten with a completed request, most of them first. */
  top_endpoints: v.array(TopEndpointSchema),
  /** Of the host now; unknown where the range ends before. */
  system_health: v.picklist(['healthy', 'warning', 'critical', 'unknown']),
  /** Requests left out because a number in their record was none. */
  invalid: Count,
  /** Requests counted under the one entry for routes past the cap. */
  overflow_requests: Count,
  /** Requests seen and left out of all figures, by kind. */
  not_measured: v.record(v.string(), Count),
  ...coverageEntries,
  comparison: v.exactOptional(SummaryComparisonSchema),
});

export type TopEndpoint = v.InferOutput<typeof TopEndpointSchema>;
export type SummaryComparison = v.InferOutput<typeof SummaryComparisonSchema>;
export type Summary = v.InferOutput<typeof SummarySchema>;

export const validateSummary = validator(SummarySchema);
