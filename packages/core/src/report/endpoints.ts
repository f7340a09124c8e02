import type { EndpointStats } from '../endpoint-stats.ts';
import { busiestFirst, endpointName } from '../endpoint-table.ts';
import type { Window } from '../window.ts';
import { keyedObject } from './keyed-object.ts';
import { rounded } from './rounded.ts';
import { seconds } from './seconds.ts';
import { averageTime, type StatisticsReport, statisticsReport } from './statistics.ts';

/** One endpoint. Times are seconds, of completed requests as `count` and `errors` are. */
export interface EndpointReport extends StatisticsReport {
  count: number;
  total_time: number;
  /** These three are null where no request was completed. */
  avg_time: number | null;
  min_time: number | null;
  max_time: number | null;
  /** Status 400 or above. */
  errors: number;
}

/** By `METHOD route`; has no prototype. */
export type EndpointsReport = Record<string, EndpointReport>;

/** Every endpoint, most requests first, whatever their outcome. */
export function endpointsReport(window: Window): EndpointsReport {
  const entries = [...window.endpoints.entries()].sort(busiestFirst);
  return keyedObject(entries.map((entry) => [endpointName(entry), oneEndpoint(entry.stats)]));
}

/**
 * One endpoint, in the shape of all of them.
 * @param endpoint `METHOD route`
 * @returns undefined where nothing was measured at it
 */
export function endpointReport(window: Window, endpoint: string): EndpointsReport | undefined {
  const entry = window.endpoints.get(endpoint);
  return entry && keyedObject([[endpointName(entry), oneEndpoint(entry.stats)]]);
}

function oneEndpoint(stats: EndpointStats): EndpointReport {
  const none = stats.count === 0;
  return {
    count: stats.count,
    total_time: rounded(stats.sumUs / 1_000_000, 6),
    avg_time: none ? null : averageTime(stats),
    min_time: none ? null : seconds(stats.minMs),
    max_time: none ? null : seconds(stats.maxMs),
    errors: stats.errors,
    ...statisticsReport(stats),
  };
}
