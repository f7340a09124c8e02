import type { Endpoint, Endpoints } from '@tacho/api-contract';
import { MAX_ENDPOINTS_WITH_BUCKETS } from '@tacho/api-contract';
import { DAY_MS, floorTo, HOUR_MS } from '@tacho/core';

/** All that was measured since a moment that stays the same for a day, endpoint by endpoint. */
export interface Distributions {
  /** Epoch milliseconds, UTC. */
  sinceMs: number;
  endpoints: Endpoints;
}

/** What was measured at an endpoint between two looks. Times are seconds. */
export interface EndpointSlice {
  /** Completed requests. */
  count: number;
  /** Of them, those with status 400 or above. */
  errors: number;
  total_time: number;
  /** How many requests took about how long, the shortest time first. */
  buckets: [time: number, count: number][];
}

/** By `METHOD route`; an endpoint without requests is not there. */
export type MeasuredSlice = Record<string, EndpointSlice>;

/** Where to begin, so that what is stored meanwhile, by the hour and by the day, is all on one side of it. */
export function sliceOrigin(nowMs: number): number {
  // An hour later than the day: the service's clock may be behind.
  return floorTo(nowMs - HOUR_MS, DAY_MS);
}

/**
 * What was measured between two looks at all that was measured: the difference, exactly.
 * @returns undefined where there is no telling: a day has begun, or the service has lost what it knew
 */
export function measuredBetween(before: Distributions, now: Distributions): MeasuredSlice | undefined {
  if (before.sinceMs !== now.sinceMs) return undefined;
  // Where not all had their buckets, one that is new in the list may have been measured for long.
  const isComplete = Object.keys(before.endpoints).length < MAX_ENDPOINTS_WITH_BUCKETS;
  const slice: [string, EndpointSlice][] = [];
  for (const [name, endpoint] of Object.entries(now.endpoints)) {
    const known = before.endpoints[name];
    if (known?.buckets === undefined && !(known === undefined && isComplete)) continue;
    const added = addedTo(known, endpoint);
    if (added === undefined) return undefined;
    if (added.count > 0) slice.push([name, added]);
  }
  const isMissing = Object.keys(before.endpoints).some((name) => isComplete && !(name in now.endpoints));
  return isMissing ? undefined : Object.fromEntries(slice);
}

function addedTo(before: Endpoint | undefined, now: Endpoint): EndpointSlice | undefined {
  if (before === undefined) return sliceOf(now.count, now.errors, now.total_time, now.buckets ?? []);
  const counts = new Map(before.buckets);
  const buckets = (now.buckets ?? []).map(([time, count]): [number, number] => [
    time,
    count - (counts.get(time) ?? 0),
  ]);
  const slice = sliceOf(
    now.count - before.count,
    now.errors - before.errors,
    now.total_time - before.total_time,
    buckets.filter(([, count]) => count !== 0),
  );
  const hasShrunk = slice.count < 0 || slice.errors < 0 || slice.buckets.some(([, count]) => count < 0);
  return hasShrunk ? undefined : slice;
}

function sliceOf(
  count: number,
  errors: number,
  totalTime: number,
  buckets: [number, number][],
): EndpointSlice {
  return { count, errors, total_time: Math.max(0, Number(totalTime.toFixed(6))), buckets };
}
