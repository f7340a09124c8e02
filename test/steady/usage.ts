import { constants, type NodeGCPerformanceDetail, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from './percentile.ts';

/** What a process needs once nothing is asked of it, and how its collector has paused it since it was last asked. */
export interface Usage {
  readonly pauses: { readonly count: number; readonly p99Ms: number; readonly maxMs: number };
  /** Reachable, on the heap and beside it. */
  readonly heapBytes: number;
  readonly rssBytes: number;
  /** What keeps the process alive, by kind. */
  readonly handles: Readonly<Record<string, number>>;
}

/** Watches the collector from now on. Needs `--expose-gc`. @returns tells the usage up to then */
export function watchUsage(): () => Promise<Usage> {
  let pausesMs: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration, detail } of list.getEntries() as unknown as GcEntry[]) {
      if ((detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) === 0) pausesMs.push(duration);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return async () => {
    const pauses = summaryOf(pausesMs);
    const usage = { pauses, ...(await memory()), handles: handles() };
    pausesMs = [];
    return usage;
  };
}

interface GcEntry {
  readonly duration: number;
  readonly detail: NodeGCPerformanceDetail;
}

function summaryOf(pausesMs: readonly number[]): Usage['pauses'] {
  if (pausesMs.length === 0) return { count: 0, p99Ms: 0, maxMs: 0 };
  return { count: pausesMs.length, p99Ms: percentile(pausesMs, 99), maxMs: Math.max(...pausesMs) };
}

async function memory(): Promise<Pick<Usage, 'heapBytes' | 'rssBytes'>> {
  const { rss } = process.memoryUsage();
  for (let i = 0; i < 5; i++) {
    globalThis.gc?.();
    await pause(50);
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { heapBytes: heapUsed + external + arrayBuffers, rssBytes: rss };
}

function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo().sort()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
