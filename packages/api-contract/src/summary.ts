import * as v from 'valibot';
import { coverageEntries } from './coverage.ts';
import { described } from './described.ts';
import { Change, Count, Percent, Seconds } from './quantities.ts';
import { totalsEntries } from './totals.ts';
import { validator } from './validation.ts';

export const TopEndpointSchema = v.object({
  endpoint: described(v.string(), '`METHOD route`.'),
  count: Count,
  avg_time: Seconds,
  error_rate: Percent,
});

export const SummaryChangeSchema = v.object({
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
});

export const SummaryComparisonSchema = described(
  v.object({
    ...totalsEntries,
    ...coverageEntries,
    change: SummaryChangeSchema,
  }),
  'The figures of another range, which was asked for with `compare`.',
);

/** `GET /api/performance/summary` */
export const SummarySchema = v.object({
  ...totalsEntries,
  top_endpoints: described(
    v.array(TopEndpointSchema),
    'At most ten with a completed request, most of them first.',
  ),
  system_health: described(
    v.picklist(['healthy', 'warning', 'critical', 'unknown']),
    'Of the host now; unknown where the range ends before.',
  ),
  invalid: described(Count, 'Requests left out because a number in their record was none.'),
  overflow_requests: described(Count, 'Requests counted under the one entry for routes past the cap.'),
  not_measured: described(v.record(v.string(), Count), 'Requests seen and left out of all figures, by kind.'),
  ...coverageEntries,
  comparison: v.exactOptional(SummaryComparisonSchema),
});

export type TopEndpoint = v.InferOutput<typeof TopEndpointSchema>;
export type SummaryComparison = v.InferOutput<typeof SummaryComparisonSchema>;
export type Summary = v.InferOutput<typeof SummarySchema>;

export const validateSummary = validator(SummarySchema);
