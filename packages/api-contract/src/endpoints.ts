import * as v from 'valibot';
import { described } from './described.ts';
import { Count, Seconds } from './quantities.ts';
import { statisticsEntries } from './statistics.ts';
import { validator } from './validation.ts';

export const EndpointSchema = v.object({
  count: described(Count, 'Completed requests; times and errors are of these.'),
  total_time: Seconds,
  avg_time: described(v.nullable(Seconds), 'Null where no request was completed, as are the next two.'),
  min_time: v.nullable(Seconds),
  max_time: v.nullable(Seconds),
  errors: Count,
  ...statisticsEntries,
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
