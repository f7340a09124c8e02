import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import type { Resolution } from '@tacho/store';

/** How wide a row is: a slice is as it was appended, the others were made of rows of the level before. */
export const SLICE = 0 as const;
export const MINUTE = 1 as const;
export const HOUR = 2 as const;
export const DAY = 3 as const;
export type Level = typeof SLICE | typeof MINUTE | typeof HOUR | typeof DAY;
/** A level whose rows can answer on their own, together with what has not been rolled up into them yet. */
export type ViewLevel = Exclude<Level, typeof SLICE>;

/** Rows of a level begin at whole multiples of its step; a slice, with its minute. */
export const STEP_MS = [MINUTE_MS, MINUTE_MS, HOUR_MS, DAY_MS] as const;
const RESOLUTIONS = ['minute', 'minute', 'hour', 'day'] as const;

export function resolutionOf(level: ViewLevel): Resolution {
  return RESOLUTIONS[level];
}

/** The levels below, the nearest first. */
export function levelsBelow(level: Level): Level[] {
  return ([DAY, HOUR, MINUTE, SLICE] as const).filter((other) => other < level);
}
