import type { EndpointStats } from '../endpoint-stats.ts';
import { type EndpointEntry, endpointName, isOverflow } from '../endpoint-table.ts';
import type { Window } from '../window.ts';
import { type ErrorShift, errorShift } from './error-shift.ts';
import { type LatencyShift, latencyShifts } from './latency-shift.ts';
import { topOf } from './review-lists.ts';
import { errorRate, percentile } from './statistics.ts';

/** What is different from the period before, endpoint by endpoint: at most ten of each, the greatest effect first. */
export interface ChangesReport {
  slower: LatencyChangeReport[];
  faster: LatencyChangeReport[];
  failing_more: ErrorChangeReport[];
  failing_less: ErrorChangeReport[];
  /** Not asked for at all in the period before; most requests first. */
  new: SeenEndpointReport[];
  /** Not asked for at all any more. */
  gone: SeenEndpointReport[];
}

export interface LatencyChangeReport {
  /** `METHOD route`. */
  endpoint: string;
  /** Which changed the most. */
  percentile: 'p50' | 'p95';
  /** Seconds. */
  before: number;
  now: number;
  /** How many times as long it takes. */
  times: number;
  /** Completed requests. */
  count_before: number;
  count: number;
}

export interface ErrorChangeReport {
  endpoint: string;
  /** Percentages of completed requests with status 400 or above. */
  before: number;
  now: number;
  count_before: number;
  count: number;
}

export interface SeenEndpointReport {
  endpoint: string;
  /** Completed requests, as are the others. */
  count: number;
  /** Seconds; null where no request was completed. */
  p95: number | null;
  error_rate: number;
}

export const NO_CHANGES: Readonly<ChangesReport> = {
  slower: [],
  faster: [],
  failing_more: [],
  failing_less: [],
  new: [],
  gone: [],
};

/** So many requests of any outcome make an endpoint worth a mention. */
const FEWEST_REQUESTS = 20;

/** Made in pieces: each pair of endpoints costs some microseconds. */
export function* changesReport(
  window: Window,
  before: Window,
): Generator<undefined, ChangesReport, undefined> {
  const latencies: (LatencyShift & { pair: Pair })[] = [];
  const errors: (ErrorShift & { pair: Pair })[] = [];
  for (const pair of pairsOf(window, before)) {
    for (const shift of latencyShifts(pair.before, pair.now)) latencies.push({ ...shift, pair });
    const shift = errorShift(pair.before, pair.now);
    if (shift !== undefined) errors.push({ ...shift, pair });
    yield;
  }
  const isSlower = ({ times }: LatencyShift): boolean => times > 1;
  return {
    slower: latencyChanges(latencies.filter(isSlower)),
    faster: latencyChanges(latencies.filter((shift) => !isSlower(shift))),
    failing_more: errorChanges(errors.filter(({ effect }) => effect > 0)),
    failing_less: errorChanges(errors.filter(({ effect }) => effect < 0)),
    new: onlyIn(window, before),
    gone: onlyIn(before, window),
  };
}

interface Pair {
  readonly endpoint: string;
  readonly now: EndpointStats;
  readonly before: EndpointStats;
}

function* pairsOf(window: Window, before: Window): Generator<Pair> {
  for (const { method, route, stats } of window.endpoints.own) {
    const other = before.endpoints.statsOf({ method, route });
    if (other !== undefined) yield { endpoint: endpointName({ method, route }), now: stats, before: other };
  }
}

/** Of an endpoint that changed in several percentiles, the one that changed the most. */
function latencyChanges(shifts: readonly (LatencyShift & { pair: Pair })[]): LatencyChangeReport[] {
  const effect = ({ times }: LatencyShift): number => Math.abs(Math.log(times));
  const strongest = new Map<string, LatencyShift & { pair: Pair }>();
  for (const shift of shifts) {
    const known = strongest.get(shift.pair.endpoint);
    if (known === undefined || effect(shift) > effect(known)) strongest.set(shift.pair.endpoint, shift);
  }
  return topOf([...strongest.values()], effect, ({ pair }) => pair.endpoint).map(
    ({ pair, percentile, before, now, times }) => ({
      endpoint: pair.endpoint,
      percentile,
      before,
      now,
      times,
      count_before: pair.before.count,
      count: pair.now.count,
    }),
  );
}

function errorChanges(shifts: readonly (ErrorShift & { pair: Pair })[]): ErrorChangeReport[] {
  return topOf(
    shifts,
    ({ effect }) => Math.abs(effect),
    ({ pair }) => pair.endpoint,
  ).map(({ pair }) => ({
    endpoint: pair.endpoint,
    before: errorRate(pair.before),
    now: errorRate(pair.now),
    count_before: pair.before.count,
    count: pair.now.count,
  }));
}

/** Where endpoints were counted together, past the cap, nobody can tell which of them were not there. */
function onlyIn(window: Window, other: Window): SeenEndpointReport[] {
  if (other.endpoints.overflow !== undefined) return [];
  const isOnlyHere = (entry: EndpointEntry): boolean =>
    !isOverflow(entry) &&
    entry.stats.total >= FEWEST_REQUESTS &&
    (other.endpoints.statsOf(entry)?.total ?? 0) === 0;
  return topOf(window.endpoints.entries().filter(isOnlyHere), ({ stats }) => stats.total, endpointName).map(
    (entry) => ({
      endpoint: endpointName(entry),
      count: entry.stats.count,
      p95: percentile(entry.stats, 0.95),
      error_rate: errorRate(entry.stats),
    }),
  );
}
