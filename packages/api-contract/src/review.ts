import * as v from 'valibot';
import { coverageEntries } from './coverage.ts';
import { described } from './described.ts';
import { Count, Percent, Seconds, Timestamp } from './quantities.ts';
import { SlowRequestSchema } from './slow-requests.ts';
import { SummaryChangeSchema } from './summary.ts';
import { totalsEntries } from './totals.ts';
import { UserSchema } from './users.ts';
import { validator } from './validation.ts';

/** What `period` may be. */
export const REVIEW_PERIODS = ['day', 'week', 'month'] as const;

const EndpointNameText = described(v.string(), '`METHOD route`.');

export const ReviewGapSchema = v.object({ from: Timestamp, to: Timestamp });

const measuredEntries = {
  measured_percent: described(Percent, 'Of the time that has passed, to ten minutes.'),
  gaps: described(v.array(ReviewGapSchema), 'When nothing was measured: the ten longest, in order of time.'),
};

const Name = described(v.string(), 'By ISO 8601: `2026-01-30`, `2026-W05`, `2026-01`.');

export const ReviewComparisonSchema = v.object({
  name: Name,
  ...coverageEntries,
  ...measuredEntries,
  ...totalsEntries,
  change: SummaryChangeSchema,
});

export const LatencyChangeSchema = v.object({
  endpoint: EndpointNameText,
  percentile: described(v.picklist(['p50', 'p95']), 'The one that changed more.'),
  before: Seconds,
  now: Seconds,
  times: described(v.pipe(v.number(), v.minValue(0)), 'How many times as long it takes.'),
  count_before: described(Count, 'Completed requests.'),
  count: Count,
});

export const ErrorChangeSchema = v.object({
  endpoint: EndpointNameText,
  before: described(Percent, 'Of completed requests, with status 400 or above.'),
  now: Percent,
  count_before: Count,
  count: Count,
});

export const SeenEndpointSchema = v.object({
  endpoint: EndpointNameText,
  count: described(Count, 'Completed requests.'),
  p95: described(v.nullable(Seconds), 'Null where no request was completed.'),
  error_rate: Percent,
});

export const ReviewChangesSchema = described(
  v.object({
    slower: v.array(LatencyChangeSchema),
    faster: v.array(LatencyChangeSchema),
    failing_more: v.array(ErrorChangeSchema),
    failing_less: v.array(ErrorChangeSchema),
    new: described(v.array(SeenEndpointSchema), 'Not asked for in the period before.'),
    gone: described(v.array(SeenEndpointSchema), 'Asked for in the period before alone.'),
  }),
  'By more than chance explains and enough to matter; at most ten of each, the greatest effect first.',
);

export const ReviewEndpointSchema = v.object({
  endpoint: EndpointNameText,
  count: described(Count, 'Completed requests, as all of it is of.'),
  avg_time: Seconds,
  p95: v.nullable(Seconds),
  p99: v.nullable(Seconds),
  error_rate: Percent,
  client_errors: Count,
  server_errors: Count,
});

const averageAndPeak = { avg: Percent, peak: Percent };

export const AverageAndPeakSchema = v.object(averageAndPeak);

const HostFigures = described(
  v.nullable(AverageAndPeakSchema),
  'Of the samples of the host; null where none has it.',
);

export const ReviewStepSchema = v.object({
  timestamp: described(Timestamp, 'When it begins.'),
  total_requests: Count,
  error_rate: described(v.nullable(Percent), 'Null where no request was completed, as `p95` is.'),
  p95: v.nullable(Seconds),
  slow_requests: Count,
  cpu_percent: HostFigures,
  memory_percent: HostFigures,
  disk_percent: HostFigures,
});

export const CapacityFigureSchema = v.object({
  ...averageAndPeak,
  change_per_day: described(
    v.nullable(v.pipe(v.number(), v.finite())),
    'Percentage points, by a robust line through the medians of the steps; null where there is no trend.',
  ),
});

export const CapacitySchema = v.object({
  cpu_percent: v.nullable(CapacityFigureSchema),
  memory_percent: v.nullable(CapacityFigureSchema),
  disk_percent: v.nullable(CapacityFigureSchema),
  disk_full: described(
    v.nullable(
      v.object({
        percent: described(Percent, 'The critical threshold of the disk.'),
        at: Timestamp,
        earliest: described(Timestamp, 'With 95 % confidence not before.'),
        latest: described(v.nullable(Timestamp), 'Null where that is too far ahead to be told.'),
      }),
    ),
    'When the disk is full if it goes on like this; null where it does not, or that is too far ahead to be told.',
  ),
});

export const BusiestHourSchema = v.object({
  timestamp: described(Timestamp, 'When it begins.'),
  total_requests: Count,
  p95: v.nullable(Seconds),
  error_rate: Percent,
});

/** `GET /api/performance/review` */
export const ReviewSchema = v.object({
  period: v.picklist(REVIEW_PERIODS),
  name: Name,
  is_over: described(v.boolean(), 'Whether the period was over when this was made.'),
  made_at: Timestamp,
  ...coverageEntries,
  ...measuredEntries,
  ...totalsEntries,
  system_health: described(
    v.picklist(['healthy', 'warning', 'critical', 'unknown']),
    'As the last sample of the host in the period says.',
  ),
  health: described(
    v.nullable(v.object({ healthy: Percent, warning: Percent, critical: Percent })),
    'In how many percent of the samples the host was how; null without samples.',
  ),
  comparison: described(
    v.nullable(ReviewComparisonSchema),
    'The period before, or as long a part of it as has passed of this one; null where nothing is known of it.',
  ),
  changes: ReviewChangesSchema,
  slowest_endpoints: described(
    v.array(ReviewEndpointSchema),
    'By p95, of those with 20 completed requests or more.',
  ),
  most_errors: v.array(ReviewEndpointSchema),
  top_endpoints: v.array(ReviewEndpointSchema),
  slowest_requests: v.array(SlowRequestSchema),
  heaviest_users: described(v.nullable(v.array(UserSchema)), 'Null for viewers.'),
  step: described(v.pipe(v.string(), v.regex(/^[1-9]\d*[mhd]$/)), 'How long a step is: `1h`, `1d`.'),
  steps: described(v.array(ReviewStepSchema), 'Those that have begun, oldest first.'),
  busiest_hours: described(
    v.array(BusiestHourSchema),
    'Most requests first; empty where only days are known.',
  ),
  requests_by_hour: described(
    v.array(Count),
    'For each hour of the day (UTC), from 0 to 23; empty where only days are known.',
  ),
  capacity: CapacitySchema,
});

export type ReviewChanges = v.InferOutput<typeof ReviewChangesSchema>;
export type Review = v.InferOutput<typeof ReviewSchema>;

export const validateReview = validator(ReviewSchema);
