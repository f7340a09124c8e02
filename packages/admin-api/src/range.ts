import type { RangeParameters } from '@tacho/api-contract';
import { type Coverage, DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';

export const RESOLUTION_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;

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
 * As long a time as has passed of the range that an answer covers, in whole units of its resolution and before it:
 * nothing counts in both.
 *
 * @param backMs by how much it is earlier, rather than right before
 */
export function previousOf(
  covered: Range & Pick<Coverage, 'resolution'>,
  nowMs: number,
  backMs?: number,
): Range {
  const unitMs = RESOLUTION_MS[covered.resolution];
  const lengthMs = Math.max(1, Math.round(lengthMsOf(covered, nowMs) / unitMs)) * unitMs;
  const fromMs = covered.fromMs - (backMs ?? lengthMs);
  const toMs = Math.min(fromMs + lengthMs, covered.fromMs);
  // Nothing was measured before 1970, and no range is empty.
  return { fromMs: Math.max(0, fromMs), toMs: Math.max(unitMs, toMs) };
}
