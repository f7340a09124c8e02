import type { EndpointStats } from '../src/endpoint-stats.ts';
import { type EndpointTable, endpointName } from '../src/endpoint-table.ts';
import { compareText } from '../src/kept-text.ts';
import type { Sketch } from '../src/sketch/sketch.ts';
import type { UserTable } from '../src/user-table.ts';
import type { Window } from '../src/window.ts';

/** A string: comparing those is much faster than comparing arrays, and there is much to compare. */
export function dumpOfBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function dumpOfSketch(sketch: Sketch): string {
  const { count, belowRange, aboveRange } = sketch;
  return JSON.stringify({ count, belowRange, aboveRange, buckets: bucketsOf(sketch) });
}

/** The buckets that hold something, lowest first. */
export function bucketsOf({ counts, firstBucket }: Sketch): [bucket: number, count: number][] {
  const buckets: [number, number][] = [];
  for (const [index, count] of counts.entries()) if (count > 0) buckets.push([firstBucket + index, count]);
  return buckets;
}

/** What a window holds. Those that hold the same have the same dump, whatever order it came in. */
export function dumpOfWindow(window: Window): string {
  return JSON.stringify(factsOfWindow(window), (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

export function factsOfWindow(window: Window) {
  const { startMs, endMs, invalid } = window;
  return {
    startMs,
    endMs,
    invalid,
    notMeasured: window.notMeasured.entries(),
    endpoints: dumpOfTable(window.endpoints),
    users: dumpOfUsers(window.users),
    slowRequests: window.slowRequests.list(),
    resolutionMs: window.systemSamples.resolutionMs,
    systemSamples: window.systemSamples.list(),
    runtimeResolutionMs: window.runtimeSamples.resolutionMs,
    runtimeSamples: window.runtimeSamples.list(),
    origins: [window.origins.entries(), window.origins.tallies.overflow],
    failures: [window.failures.entries(), window.failures.tallies.overflow],
  };
}

/** Every field, also one that is added later; the sketch as text. */
export function dumpOfStats(stats: EndpointStats) {
  return { ...stats, sketch: dumpOfSketch(stats.sketch) };
}

/** Every entry by name, in the order of names. */
export function dumpOfTable(table: EndpointTable) {
  return [...table.entries()]
    .map((entry) => ({ name: endpointName(entry), ...dumpOfStats(entry.stats) }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** Every user, in the order of pseudonyms, and the others. */
export function dumpOfUsers(table: UserTable) {
  const users = [...table.entries()]
    .map(({ user, stats }) => ({ user, ...dumpOfStats(stats) }))
    .sort((a, b) => compareText(a.user, b.user));
  return { users, others: dumpOfStats(table.others) };
}
