/** When windows begin and end: arithmetic on epoch milliseconds. Days are UTC days; no time zone has a say. */

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/**
 * The start of the step that holds a moment.
 * @param epochMs from 0 up; fractions are all right
 * @param stepMs a positive integer
 */
export function floorTo(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}

/** The end of the step that holds a moment; of a moment at which a step begins, that moment. */
export function ceilTo(epochMs: number, stepMs: number): number {
  return Math.ceil(epochMs / stepMs) * stepMs;
}
