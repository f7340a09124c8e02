import { parsed } from './parsed.ts';

const STEP = /^([1-9]\d*)([mhd])$/;
const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const MAX_DAYS = 366;
const MAX_STEP_MS = MAX_DAYS * 86_400_000;

/** @returns milliseconds; undefined where it is no step */
function parseStep(text: string): number | undefined {
  const [, number, unit] = STEP.exec(text) ?? [];
  const stepMs = Number(number) * (UNITS_MS[unit ?? ''] ?? Number.NaN);
  return stepMs <= MAX_STEP_MS ? stepMs : undefined;
}

/** How far points lie apart. */
export const Step = parsed(
  parseStep,
  `a whole number of minutes, hours or days, such as 15m, 6h or 1d, and at most ${MAX_DAYS}d`,
  { title: 'Step', pattern: STEP.source, examples: ['15m', '6h', '1d'] },
);
