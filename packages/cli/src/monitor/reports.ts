import type { Endpoints, SlowRequests, Summary, SystemMetrics } from '@tacho/api-contract';

import type { Distributions } from '../measured-slice.ts';

/** What the admin API answers at one moment, each part as it came. */
export interface Reports {
  summary: Summary;
  endpoints: Endpoints;
  slow_requests: SlowRequests;
  system_metrics: SystemMetrics;
  /** Where they are to be saved. */
  distributions?: Distributions;
}
