import { DAY_MS, HOUR_MS } from '@tacho/core';
import { Random } from './random.ts';

/** What happens by itself, decided by the day. */
export interface Plans {
  readonly day: number;
  /** Infinity where there is none. */
  readonly deployMs: number;
  readonly hiccupsMs: readonly number[];
  readonly scansMs: readonly number[];
  /** Infinity where there is none. */
  readonly pauseMs: number;
}

/** Of the day alone, so that it is the same from wherever a day is replayed. */
export function plansOf(day: number, seed: number): Plans {
  const random = new Random(seed * 1000 + (day % 1000));
  const anyTime = () => day * DAY_MS + random.next() * DAY_MS;
  return {
    day,
    deployMs: isWeekend(day) ? Number.POSITIVE_INFINITY : day * DAY_MS + random.between(9, 17) * HOUR_MS,
    hiccupsMs: Array.from({ length: 12 }, anyTime),
    scansMs: Array.from({ length: 4 }, anyTime),
    pauseMs: random.chance(0.3) ? anyTime() : Number.POSITIVE_INFINITY,
  };
}

/** The day of the last deploy before a day. */
export function lastDeployBefore(day: number): number {
  return isWeekend(day - 1) ? lastDeployBefore(day - 1) : day - 1;
}

/** The first day of the epoch was a Thursday. */
function isWeekend(day: number): boolean {
  return day % 7 === 2 || day % 7 === 3;
}

/** 0 to 1: little at four at night, most at two in the afternoon, less than half of it on Saturdays and Sundays. */
export function loadAt(epochMs: number): number {
  const hour = (epochMs % DAY_MS) / HOUR_MS;
  const bell = Math.exp(-(((hour - 14) / 5) ** 2)) + 0.35 * Math.exp(-(((hour - 20.5) / 1.8) ** 2));
  return (0.06 + 0.94 * Math.min(1, bell)) * (isWeekend(Math.floor(epochMs / DAY_MS)) ? 0.45 : 1);
}
