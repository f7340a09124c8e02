import * as v from 'valibot';
import { described } from './described.ts';
import { Count, Seconds } from './quantities.ts';
import { statisticsEntries } from './statistics.ts';
import { validator } from './validation.ts';

/** So many endpoints of an answer have their buckets where those are asked for: the first ones. */
export const MAX_ENDPOINTS_WITH_BUCKETS = 100;

const BucketSchema = v.tuple([
  described(v.pipe(v.number(), v.finite(), v.minValue(0)), 'Seconds, within 0.78 %.'),
  Count,
]);

export const EndpointSchema = v.object({
  count: described(Count, 'Completed requests; times and errors are of these.'),
  total_time: Seconds,
  avg_time: described(v.nullable(Seconds), 'Null where no request was completed, as are the next two.'),
  min_time: v.nullable(Seconds),
  max_time: v.nullable(Seconds),
  errors: Count,
  ...statisticsEntries,
  buckets: v.exactOptional(
    described(
      v.array(BucketSchema),
      'How many completed requests took about how long, where `buckets` is true: the shortest time first, none of them empty.',
    ),
  ),
});

/**
 * `GET /api/performance/endpoints`, keyed by `METHOD route`, most requests first; and
 * `GET /api/performance/endpoints/<endpoint>`, the same with one key.
 */
export const EndpointsSchema = described(
  v.record(v.string(), EndpointSchema),
  'Keyed by `METHOD route`, in the order that was asked for.',
);

export type Endpoint = v.InferOutput<typeof EndpointSchema>;
export type Endpoints = v.InferOutput<typeof EndpointsSchema>;

export const validateEndpoints = validator(EndpointsSchema);
