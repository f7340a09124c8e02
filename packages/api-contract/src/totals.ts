import { Count, Percent, Seconds } from './quantities.ts';
import { statisticsEntries } from './statistics.ts';

/** All endpoints together. */
export const totalsEntries = {
  /** Completed, aborted and streamed. */
  total_requests: Count,
  /** Of completed requests; 0 where there is none. */
  avg_response_time: Seconds,
  slow_requests: Count,
  /** Percentage of completed requests; 0 where there is none. */
  error_rate: Percent,
  ...statisticsEntries,
};
