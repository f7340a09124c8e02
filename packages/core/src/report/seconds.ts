import { rounded } from './rounded.ts';

/** Seconds, to the microsecond. */
export function seconds(durationMs: number): number {
  return rounded(durationMs / 1000, 6);
}
