import { MAX_SILENCE_MINUTES } from '@tacho/api-contract';
import { usageError } from '../command-error.ts';
import { quoted } from '../shown.ts';

const LENGTH = /^([0-9]{1,5})([mhd])$/;
const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

/** @returns the minutes of `30m`, `2h` or `7d` @throws `CommandError` of usage */
export function silenceMinutes(text: string): number {
  const [, digits, unit = ''] = LENGTH.exec(text) ?? [];
  const minutes = Number(digits) * (MINUTES[unit] ?? Number.NaN);
  if (minutes >= 1 && minutes <= MAX_SILENCE_MINUTES) return minutes;
  throw usageError(
    `--for ${quoted(text)}: expected minutes, hours or days such as 30m, 2h or 7d, and at most ${MAX_SILENCE_MINUTES / 1440}d`,
  );
}
