import { described } from './described.ts';
import { Count, Percent, Seconds } from './quantities.ts';
import { statisticsEntries } from './statistics.ts';

/** All endpoints together. */
export const totalsEntries = {
  total_requests: described(Count, 'Completed, aborted and streamed.'),
  avg_response_time: described(Seconds, 'Of completed requests; 0 where there is none.'),
  slow_requests: described(Count, 'Longer than 2 s.'),
  error_rate: described(Percent, 'Percentage of completed requests; 0 where there is none.'),
  ...statisticsEntries,
};
