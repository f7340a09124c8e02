import type { Endpoints, SlowRequests, Summary, SystemMetrics } from '@tacho/api-contract';

/** What the admin API answers at one moment, each part as it came. */
export interface Reports {
  summary: Summary;
  endpoints: Endpoints;
  slow_requests: SlowRequests;
  system_metrics: SystemMetrics;
}
