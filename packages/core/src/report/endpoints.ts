import type { EndpointStats } from '../endpoint-stats.ts';
import { type EndpointEntry, endpointName } from '../endpoint-table.ts';
import type { Window } from '../window.ts';
import { type BucketReport, distributionReport } from './distribution.ts';
import { finished } from './finished.ts';
import { keyedObject } from './keyed-object.ts';
import { type Order, type Page, type PageOptions, pageInOrder } from './order.ts';
import { seconds } from './seconds.ts';
import {
  apdex,
  averageTime,
  percentile,
  type StatisticsReport,
  statisticsReport,
  totalTime,
} from './statistics.ts';

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
  /** Where they were asked for. */
  buckets?: BucketReport[];
}

export interface EndpointsPageOptions extends PageOptions<EndpointSort> {
  /** How many endpoints of the page are told with their buckets: the first ones. None unless given. */
  readonly withBuckets?: number;
}

/** By `METHOD route`; has no prototype. */
export type EndpointsReport = Record<string, EndpointReport>;

/** `count` is of requests whatever their outcome. */
export type EndpointSort =
  | 'count'
  | 'total_time'
  | 'avg_time'
  | 'max_time'
  | 'p50'
  | 'p90'
  | 'p95'
  | 'p99'
  | 'errors'
  | 'client_errors'
  | 'server_errors'
  | 'apdex'
  | 'name';

/** As a report shows them, so that it can be seen to be in order. */
const FIGURES: Record<EndpointSort, (stats: EndpointStats) => number | null> = {
  count: (stats) => stats.total,
  total_time: totalTime,
  avg_time: (stats) => (stats.count === 0 ? null : averageTime(stats)),
  max_time: (stats) => (stats.count === 0 ? null : seconds(stats.maxMs)),
  p50: (stats) => percentile(stats, 0.5),
  p90: (stats) => percentile(stats, 0.9),
  p95: (stats) => percentile(stats, 0.95),
  p99: (stats) => percentile(stats, 0.99),
  errors: (stats) => stats.errors,
  client_errors: (stats) => stats.clientErrors,
  server_errors: (stats) => stats.serverErrors,
  apdex,
  name: () => null,
};

/** Every endpoint, most requests first, whatever their outcome. */
export function endpointsReport(window: Window): EndpointsReport {
  return keyedObject(finished(endpointsPage(window, { sort: 'count' })).entries);
}

/**
 * Endpoints by one of their figures: the greatest first, but the poorest Apdex. The entries are made one after the
 * other as they are asked for, each in some microseconds.
 */
export function* endpointsPage(
  window: Window,
  options: EndpointsPageOptions,
): Generator<undefined, Page<Iterable<readonly [string, EndpointReport]>>, undefined> {
  const { entries, end } = yield* pageInOrder(window.endpoints.entries(), orderBy(options.sort), options);
  return { entries: reportsOf(entries, options.withBuckets ?? 0), end };
}

function orderBy(sort: EndpointSort): Order<EndpointEntry> {
  const figure = FIGURES[sort];
  return { value: ({ stats }) => figure(stats), name: endpointName, ascending: sort === 'apdex' };
}

function* reportsOf(
  entries: readonly EndpointEntry[],
  withBuckets: number,
): Generator<readonly [string, EndpointReport]> {
  for (const [index, entry] of entries.entries()) {
    const { stats } = entry;
    const buckets = index < withBuckets && { buckets: distributionReport(stats.sketch) };
    yield [endpointName(entry), { ...oneEndpoint(stats), ...buckets }];
  }
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
    total_time: totalTime(stats),
    avg_time: none ? null : averageTime(stats),
    min_time: none ? null : seconds(stats.minMs),
    max_time: none ? null : seconds(stats.maxMs),
    errors: stats.errors,
    ...statisticsReport(stats),
  };
}
