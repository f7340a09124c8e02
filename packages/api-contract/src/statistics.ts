import * as v from 'valibot';
import { Count, Seconds, Share } from './quantities.ts';

/**
 * What an endpoint's answer and the summary have in common. Percentiles and Apdex are of completed requests,
 * null where there is none; requests that were aborted or streamed stand beside.
 */
export const statisticsEntries = {
  p50: v.nullable(Seconds),
  p90: v.nullable(Seconds),
  p95: v.nullable(Seconds),
  p99: v.nullable(Seconds),
  apdex: v.nullable(Share),
  client_errors: Count,
  server_errors: Count,
  aborted: Count,
  streamed: Count,
};
