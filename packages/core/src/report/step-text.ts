import { DAY_MS, HOUR_MS, MINUTE_MS } from '../schedule.ts';

/** `15m`, `6h`, `1d`: in the largest unit that it is a whole number of. @param stepMs whole minutes */
export function stepText(stepMs: number): string {
  if (stepMs % DAY_MS === 0) return `${stepMs / DAY_MS}d`;
  return stepMs % HOUR_MS === 0 ? `${stepMs / HOUR_MS}h` : `${stepMs / MINUTE_MS}m`;
}
