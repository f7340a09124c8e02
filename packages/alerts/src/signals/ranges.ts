import { floorTo, HOUR_MS, MINUTE_MS } from '@tacho/core';

/** Epoch milliseconds, `toMs` excluded. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Past this length five minutes more or less tell nothing, and to read it anew each time costs much. */
const LONG_MS = 6 * HOUR_MS;
const LONG_STEP_MS = 5 * MINUTE_MS;

/** The latest `lengthMs`. It begins on a whole minute, as stored counts do, so that two ranges can follow each other. */
export function latest(nowMs: number, lengthMs: number): Range {
  const toMs = lengthMs < LONG_MS ? nowMs : floorTo(nowMs, LONG_STEP_MS);
  return { fromMs: floorTo(toMs - lengthMs, MINUTE_MS), toMs };
}

/** The hours before a moment: six, as long as an answer in whole minutes can be. It moves in steps of five minutes. */
export function hoursBefore(epochMs: number): Range {
  const toMs = floorTo(epochMs, LONG_STEP_MS);
  return { fromMs: toMs - LONG_MS, toMs };
}

/** Three whole hours, of which the second has the moment that was `agoMs` ago. */
export function hoursAround(nowMs: number, agoMs: number): Range {
  const hourMs = floorTo(nowMs - agoMs, HOUR_MS);
  return { fromMs: hourMs - HOUR_MS, toMs: hourMs + 2 * HOUR_MS };
}
