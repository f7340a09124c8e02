import { ceilTo, DAY_MS, floorTo, HOUR_MS, MINUTE_MS } from '@tacho/core';
import type { Range } from './range.ts';

/** Of an answer, for each of its lines. */
export const MAX_POINTS = 10_000;
const MAX_POINTS_BY_DEFAULT = 120;

const STEPS_MS = [
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
];

/** The shortest step with which so long a time has 120 points or fewer: most often 60 to 120. */
export function defaultStepMs(lengthMs: number): number {
  const leastMs = lengthMs / MAX_POINTS_BY_DEFAULT;
  return STEPS_MS.find((stepMs) => stepMs >= leastMs) ?? ceilTo(leastMs, DAY_MS);
}

/** Whether a range, up to now where its end is open, has more steps than an answer may have points. */
export function hasTooManySteps({ fromMs, toMs }: Range, stepMs: number, nowMs: number): boolean {
  const endMs = Number.isFinite(toMs) ? toMs : Math.max(fromMs, nowMs);
  return ceilTo(endMs, stepMs) - floorTo(fromMs, stepMs) > MAX_POINTS * stepMs;
}
