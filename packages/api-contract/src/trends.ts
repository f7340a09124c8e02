import * as v from 'valibot';
import { coverageEntries } from './coverage.ts';
import { described } from './described.ts';
import { Change, Count, Percent, Seconds, Share, Throughput, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

/** What there is beside the number of requests: all of it, or the one metric that was asked for. */
const chosenEntries = {
  throughput: v.exactOptional(
    described(v.nullable(Throughput), 'All requests a second; null where less than a second has passed.'),
  ),
  avg_time: v.exactOptional(
    described(
      v.nullable(Seconds),
      'Times, the error rate and Apdex are of completed requests, null where there is none.',
    ),
  ),
  p50: v.exactOptional(v.nullable(Seconds)),
  p90: v.exactOptional(v.nullable(Seconds)),
  p95: v.exactOptional(v.nullable(Seconds)),
  p99: v.exactOptional(v.nullable(Seconds)),
  error_rate: v.exactOptional(v.nullable(Percent)),
  errors: v.exactOptional(Count),
  slow_requests: v.exactOptional(Count),
  apdex: v.exactOptional(v.nullable(Share)),
  aborted: v.exactOptional(Count),
  streamed: v.exactOptional(Count),
};

const figureEntries = {
  requests: described(Count, 'Completed, aborted and streamed.'),
  ...chosenEntries,
};

/** Of all requests of a time. */
export const TrendFiguresSchema = v.object(figureEntries);

export const TrendPointSchema = v.object({
  timestamp: described(Timestamp, 'When the step begins.'),
  ...figureEntries,
});

const lineEntries = {
  ...coverageEntries,
  points: described(
    v.array(TrendPointSchema),
    'One for each step up to now, oldest first; where nothing was measured it has no requests.',
  ),
  total: described(
    TrendFiguresSchema,
    'Of the whole range: percentiles are of all its requests, not of its points.',
  ),
};

export const TrendChangeSchema = v.object({
  requests: Change,
  throughput: v.exactOptional(Change),
  avg_time: v.exactOptional(Change),
  p50: v.exactOptional(Change),
  p90: v.exactOptional(Change),
  p95: v.exactOptional(Change),
  p99: v.exactOptional(Change),
  error_rate: v.exactOptional(Change),
  errors: v.exactOptional(Change),
  slow_requests: v.exactOptional(Change),
  apdex: v.exactOptional(Change),
  aborted: v.exactOptional(Change),
  streamed: v.exactOptional(Change),
});

export const TrendComparisonSchema = described(
  v.object({
    ...lineEntries,
    change: TrendChangeSchema,
  }),
  'Another range, which was asked for with `compare`, in steps of the same length.',
);

/** `GET /api/performance/trends` */
export const TrendsSchema = v.object({
  endpoint: described(v.nullable(v.string()), '`METHOD route`; null for all endpoints together.'),
  step: described(
    v.pipe(v.string(), v.regex(/^[1-9]\d*[mhd]$/)),
    'How long a step is: `15m`. Longer than asked for where what is stored is coarser by now.',
  ),
  ...lineEntries,
  comparison: v.exactOptional(TrendComparisonSchema),
});

/** What `metric` may be. */
export const TREND_METRICS = [
  'requests',
  ...(Object.keys(chosenEntries) as (keyof typeof chosenEntries)[]),
] as const;

export type TrendPoint = v.InferOutput<typeof TrendPointSchema>;
export type TrendComparison = v.InferOutput<typeof TrendComparisonSchema>;
export type Trends = v.InferOutput<typeof TrendsSchema>;

export const validateTrends = validator(TrendsSchema);
