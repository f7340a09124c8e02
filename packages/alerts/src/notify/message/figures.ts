const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `34 %`, `1.2 s`, `300 ms`, `3.4 times`: as many digits as people read. */
export function figure(value: number, unit: 'ms' | 'percent' | 'times'): string {
  if (!Number.isFinite(value)) return 'an unknown figure';
  if (unit === 'percent') return `${short(value)} %`;
  if (unit === 'times') return `${short(value)} times`;
  return value < 1_000 ? `${short(value)} ms` : `${short(value / 1_000)} s`;
}

/** A share of 0 to 1: `87 %`. */
export function share(part: number): string {
  return figure(part * 100, 'percent');
}

/** `2026-01-05 14:03 UTC`. */
export function moment(epochMs: number): string {
  const date = new Date(epochMs);
  if (Number.isNaN(date.valueOf())) return 'an unknown time';
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** How long something has lasted, in its two largest units: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. */
export function lasting(durationMs: number): string {
  if (!(durationMs >= 1_000)) return 'less than a second';
  if (durationMs < MINUTE_MS) return `${Math.floor(durationMs / 1_000)} s`;
  if (durationMs < HOUR_MS) return `${Math.floor(durationMs / MINUTE_MS)} min`;
  if (durationMs < DAY_MS) return two(durationMs, HOUR_MS, 'h', MINUTE_MS, 'min');
  return two(durationMs, DAY_MS, 'd', HOUR_MS, 'h');
}

function two(durationMs: number, largeMs: number, large: string, smallMs: number, small: string): string {
  const rest = Math.floor((durationMs % largeMs) / smallMs);
  return `${Math.floor(durationMs / largeMs)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

function short(value: number): string {
  return String(
    Number(Math.abs(value) < 10 ? value.toPrecision(2) : value.toFixed(Math.abs(value) < 100 ? 1 : 0)),
  );
}
