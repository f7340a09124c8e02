import * as v from 'valibot';
import { Count, Percent, Seconds, Timestamp } from './quantities.ts';
import { statisticsEntries } from './statistics.ts';
import { validator } from './validation.ts';

export const TopEndpointSchema = v.object({
  /** `METHOD route`. */
  endpoint: v.string(),
  count: Count,
  avg_time: Seconds,
  error_rate: Percent,
});

/** `GET /api/performance/summary` */
export const SummarySchema = v.object({
  /** Completed, aborted and streamed. */
  total_requests: Count,
  /** Of completed requests; 0 where there is none. */
  avg_response_time: Seconds,
  slow_requests: Count,
  /** Percentage of completed requests; 0 where there is none. */
  error_rate: Percent,
  /** At most ten with a completed request, most of them first. */
  top_endpoints: v.array(TopEndpointSchema),
  system_health: v.picklist(['healthy', 'warning', 'critical', 'unknown']),
  ...statisticsEntries,
  /** Requests left out because a number in their record was none. */
  invalid: Count,
  /** Requests counted under the one entry for routes past the cap. */
  overflow_requests: Count,
  /** Requests seen and left out of all figures, by kind. */
  not_measured: v.record(v.string(), Count),
  /** The time that the answer covers. */
  from: Timestamp,
  to: Timestamp,
});

export type TopEndpoint = v.InferOutput<typeof TopEndpointSchema>;
export type Summary = v.InferOutput<typeof SummarySchema>;

export const validateSummary = validator(SummarySchema);
