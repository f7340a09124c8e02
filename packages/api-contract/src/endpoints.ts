import * as v from 'valibot';
import { Count, Seconds } from './quantities.ts';
import { statisticsEntries } from './statistics.ts';
import { validator } from './validation.ts';

export const EndpointSchema = v.object({
  /** Completed requests; times and errors are of these. */
  count: Count,
  total_time: Seconds,
  /** The three are null where no request was completed. */
  avg_time: v.nullable(Seconds),
  min_time: v.nullable(Seconds),
  max_time: v.nullable(Seconds),
  errors: Count,
  ...statisticsEntries,
});

/**
 * `GET /api/performance/endpoints`, keyed by `METHOD route`, most requests first; and
 * `GET /api/performance/endpoints/<endpoint>`, the same with one key.
 */
export const EndpointsSchema = v.record(v.string(), EndpointSchema);

export type Endpoint = v.InferOutput<typeof EndpointSchema>;
export type Endpoints = v.InferOutput<typeof EndpointsSchema>;

export const validateEndpoints = validator(EndpointsSchema);
