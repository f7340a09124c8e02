import { mergedBuckets, type Run, type Slice } from '@tacho/core';
import type { MeasuredSlice } from '../measured-slice.ts';

/** What was measured between two looks. */
export interface Stretch {
  /** Epoch milliseconds, UTC. */
  startMs: number;
  endMs: number;
  endpoints: MeasuredSlice;
}

/** A run of a service under load. */
export interface MeasuredRun {
  /** The file or the address that it is from. */
  source: string;
  /** By `METHOD route`. Each has a slice for every stretch, with or without requests. */
  endpoints: ReadonlyMap<string, Run>;
  /** All endpoints together. */
  all: Run;
}

const NOTHING = { count: 0, errors: 0, sumMs: 0, buckets: [] } as const;

/** @param stretches in the order of time */
export function measuredRun(source: string, stretches: readonly Stretch[]): MeasuredRun {
  const names = new Set(stretches.flatMap(({ endpoints }) => Object.keys(endpoints)));
  const endpoints = new Map([...names].map((name) => [name, stretches.map((each) => sliceAt(each, name))]));
  const all = stretches.map((stretch, index) => together(stretch, [...endpoints.values()], index));
  return { source, endpoints, all };
}

function sliceAt({ startMs, endMs, endpoints }: Stretch, name: string): Slice {
  const slice = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
  if (slice === undefined) return { startMs, endMs, ...NOTHING };
  const { count, errors, total_time, buckets } = slice;
  return {
    startMs,
    endMs,
    count,
    errors,
    sumMs: total_time * 1000,
    buckets: buckets.map(([time, number]) => [time * 1000, number]),
  };
}

function together({ startMs, endMs }: Stretch, runs: readonly Run[], index: number): Slice {
  const slices = runs.map((run) => run[index]!);
  const sum = (figure: (slice: Slice) => number) => slices.reduce((all, slice) => all + figure(slice), 0);
  return {
    startMs,
    endMs,
    count: sum(({ count }) => count),
    errors: sum(({ errors }) => errors),
    sumMs: sum(({ sumMs }) => sumMs),
    buckets: mergedBuckets(slices),
  };
}
