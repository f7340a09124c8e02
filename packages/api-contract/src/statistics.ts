import * as v from 'valibot';
import { described } from './described.ts';
import { Count, Seconds, Share } from './quantities.ts';

/** What an endpoint's answer and the summary have in common. */
export const statisticsEntries = {
  p50: described(
    v.nullable(Seconds),
    'Percentiles and Apdex are of completed requests, null where there is none.',
  ),
  p90: v.nullable(Seconds),
  p95: v.nullable(Seconds),
  p99: v.nullable(Seconds),
  apdex: v.nullable(Share),
  client_errors: described(Count, 'Completed with 4xx.'),
  server_errors: described(Count, 'Completed with 5xx.'),
  aborted: described(
    Count,
    'Their connection closed before the response was finished; beside the completed.',
  ),
  streamed: described(
    Count,
    'Event streams, upgraded connections, long bodies written in pieces; beside the completed.',
  ),
};
