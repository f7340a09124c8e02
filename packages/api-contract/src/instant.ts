import { parsed } from './parsed.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const DIGITS = /^\d+$/;

/** Past the year 9999 there is no ISO 8601 as everybody writes it. */
const END_MS = Date.UTC(10_000, 0);

export const INSTANT_FORMS =
  'a time in ISO 8601 with Z or an offset (2025-07-19T01:42:25Z, 2025-07-19T03:42+02:00), a date (its UTC ' +
  'midnight), or epoch milliseconds; from 1970 to 9999';

/**
 * Reads a moment as a query may give it.
 * @returns epoch milliseconds, from 0 up; undefined where the text is none of `INSTANT_FORMS`
 */
export function parseInstant(text: string): number | undefined {
  const epochMs = DIGITS.test(text) ? Number(text) : parseIso(text);
  return epochMs >= 0 && epochMs < END_MS ? epochMs : undefined;
}

/** @returns NaN where it is none, be it that there is no such day */
function parseIso(text: string): number {
  const date = text.slice(0, 10);
  const [, year, month, day] = DATE.exec(date) ?? [];
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (Number.isNaN(midnight.valueOf()) || !midnight.toISOString().startsWith(date)) return Number.NaN;
  if (text === date) return midnight.valueOf();
  return text[10] === 'T' && TIME.test(text.slice(11)) ? Date.parse(text) : Number.NaN;
}

/** A moment in a query. */
export const Instant = parsed(parseInstant, INSTANT_FORMS, {
  title: 'Instant',
  examples: ['2025-07-19T01:42:25Z', '2025-07-19', '1752889345000'],
});
