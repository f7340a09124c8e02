import type { EndpointStats } from '../endpoint-stats.ts';
import { endpointName } from '../endpoint-table.ts';
import { compareText } from '../kept-text.ts';
import type { Window } from '../window.ts';
import { averageTime, errorRate, percentile } from './statistics.ts';

/** Of each list of a review. */
export const REVIEW_LIST_LENGTH = 10;

/** An endpoint in a list. Times are seconds, of completed requests as all of it is. */
export interface ReviewEndpointReport {
  /** `METHOD route`. */
  endpoint: string;
  count: number;
  avg_time: number;
  p95: number | null;
  p99: number | null;
  /** Percentage of `count`. */
  error_rate: number;
  client_errors: number;
  server_errors: number;
}

/** The ten with the greatest of a figure, the greatest first; those with the same in the order of their names. */
export function topOf<T>(
  entries: readonly T[],
  figure: (entry: T) => number,
  name: (entry: T) => string,
): T[] {
  return entries
    .map((entry) => ({ entry, value: figure(entry), name: name(entry) }))
    .sort((a, b) => b.value - a.value || compareText(a.name, b.name))
    .slice(0, REVIEW_LIST_LENGTH)
    .map(({ entry }) => entry);
}

export interface ReviewEndpointLists {
  /** By p95, of those with 20 completed requests or more. */
  slowest_endpoints: ReviewEndpointReport[];
  /** By their number: only those with any. */
  most_errors: ReviewEndpointReport[];
  /** By completed requests. */
  top_endpoints: ReviewEndpointReport[];
}

/** With fewer, a p95 is but the slowest of them. */
const FEWEST_REQUESTS = 20;

/** Made in pieces: a percentile costs some microseconds. */
export function* endpointLists({
  endpoints,
}: Pick<Window, 'endpoints'>): Generator<undefined, ReviewEndpointLists, undefined> {
  const all: { endpoint: string; stats: EndpointStats; p95Ms: number }[] = [];
  for (const entry of endpoints.entries()) {
    if (entry.stats.count === 0) continue;
    all.push({ endpoint: endpointName(entry), stats: entry.stats, p95Ms: entry.stats.quantileMs(0.95) });
    yield;
  }
  const top = (figure: (one: (typeof all)[number]) => number, from = all): ReviewEndpointReport[] =>
    topOf(from, figure, ({ endpoint }) => endpoint).map(oneEndpoint);
  return {
    slowest_endpoints: top(
      ({ p95Ms }) => p95Ms,
      all.filter(({ stats }) => stats.count >= FEWEST_REQUESTS),
    ),
    most_errors: top(
      ({ stats }) => stats.errors,
      all.filter(({ stats }) => stats.errors > 0),
    ),
    top_endpoints: top(({ stats }) => stats.count),
  };
}

function oneEndpoint({ endpoint, stats }: { endpoint: string; stats: EndpointStats }): ReviewEndpointReport {
  return {
    endpoint,
    count: stats.count,
    avg_time: averageTime(stats),
    p95: percentile(stats, 0.95),
    p99: percentile(stats, 0.99),
    error_rate: errorRate(stats),
    client_errors: stats.clientErrors,
    server_errors: stats.serverErrors,
  };
}
