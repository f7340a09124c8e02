import type { Window } from '@tacho/core';

/** Epoch milliseconds. */
export interface TimeRange {
  /** Included. */
  readonly fromMs: number;
  /** Excluded. */
  readonly toMs: number;
}

/**
 * Adds what `other` holds to `into`: every count, and those slow requests and samples whose own time is in the range.
 * `other` is left as it was. Samples of any resolution keep the one they have.
 */
export function mergeWithin(into: Window, other: Window, range: TimeRange): void {
  into.mergeCounts(other);
  mergeDetailWithin(into, other, range);
}

/** Adds only the slow requests and samples. */
export function mergeDetailWithin(into: Window, other: Window, { fromMs, toMs }: TimeRange): void {
  const isWithin = (epochMs: number): boolean => epochMs >= fromMs && epochMs < toMs;
  const slow = other.slowRequests.list();
  const slowWithin = slow.filter(({ startMs }) => isWithin(startMs));
  if (slowWithin.length === slow.length) into.slowRequests.merge(other.slowRequests);
  else for (const record of slowWithin) into.slowRequests.record(record);
  for (const sample of other.systemSamples.list()) {
    if (isWithin(sample.timestampMs)) into.systemSamples.add(sample);
  }
  for (const sample of other.runtimeSamples.list()) {
    if (isWithin(sample.timestampMs)) into.addRuntimeSample(sample);
  }
}
