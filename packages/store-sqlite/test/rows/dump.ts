import type { EndpointStats, Window } from '@tacho/core';
import type { TimeRange } from '@tacho/store';

/** Every count of a window, in the order of names. */
export function dumpOfCounts({ startMs, endMs, endpoints, notMeasured, invalid }: Window) {
  return {
    startMs,
    endMs,
    invalid,
    notMeasured: notMeasured.entries(),
    endpoints: [...endpoints.entries()]
      .map(({ method, route, stats }) => [`${method} ${route}`, dumpOfStats(stats)])
      .sort(byName),
  };
}

export function dumpOfUsers({ users }: Window) {
  const entries = [...users.entries()].map(({ user, stats }) => [user, dumpOfStats(stats)]).sort(byName);
  return { entries, others: users.others.total };
}

export function slowWithin({ slowRequests }: Window, { fromMs, toMs }: TimeRange) {
  return slowRequests.list().filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
}

export function dumpOfStats({ sketch, ...stats }: EndpointStats): string {
  const counts = [...sketch.counts].flatMap((count, index) =>
    count > 0 ? [[sketch.firstBucket + index, count]] : [],
  );
  return JSON.stringify({ ...stats, below: sketch.belowRange, above: sketch.aboveRange, counts });
}

function byName(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1;
}
