import type { RangeParameters } from '@tacho/api-contract';
import { ceilTo, HOUR_MS, MINUTE_MS } from '@tacho/core';

/** Epoch milliseconds. */
export interface Range {
  /** Included; 0 or later. */
  readonly fromMs: number;
  /** Excluded; Infinity where the end is open. */
  readonly toMs: number;
}

/** Open at the end where none is given: what was measured before the clock was set back lies in the future. */
export function rangeOf({ hours, from, to }: RangeParameters, nowMs: number): Range {
  const fromMs = from ?? Math.max(0, (to ?? nowMs) - hours * HOUR_MS);
  return { fromMs, toMs: to ?? Number.POSITIVE_INFINITY };
}

/** How much of a range has passed; a minute at the least, unless it is shorter. */
export function lengthMsOf({ fromMs, toMs }: Range, nowMs: number): number {
  return Math.min(toMs, Math.max(nowMs, fromMs + MINUTE_MS)) - fromMs;
}

/**
 * As long a time as has passed of the range, right before it: earlier by whole steps, so that both go through the
 * same phases of a step.
 */
export function previousOf(range: Range, nowMs: number, stepMs = 1): Range {
  const lengthMs = lengthMsOf(range, nowMs);
  const fromMs = range.fromMs - ceilTo(lengthMs, stepMs);
  // Nothing was measured before 1970, and no range is empty.
  return { fromMs: Math.max(0, fromMs), toMs: Math.max(MINUTE_MS, fromMs + lengthMs) };
}
