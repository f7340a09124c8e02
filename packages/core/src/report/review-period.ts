import { DAY_MS, floorTo } from '../schedule.ts';

/** A UTC day, an ISO week (Monday to Sunday, UTC), or a calendar month (UTC). */
export type ReviewPeriod = 'day' | 'week' | 'month';

export const REVIEW_PERIODS: readonly ReviewPeriod[] = ['day', 'week', 'month'];

/** One of them: a certain day, week or month. */
export interface PeriodSpan {
  readonly period: ReviewPeriod;
  /** By ISO 8601: `2026-01-30`, `2026-W05`, `2026-01`. */
  readonly name: string;
  /** Epoch milliseconds, included. */
  readonly fromMs: number;
  /** Epoch milliseconds, excluded. */
  readonly toMs: number;
}

const WEEK_MS = 7 * DAY_MS;

/** The epoch began on a Thursday. */
const THURSDAY_MS = 3 * DAY_MS;

/** The day, week or month that a moment lies in. */
export function periodAt(period: ReviewPeriod, epochMs: number): PeriodSpan {
  const fromMs = startOf(period, epochMs);
  return { period, name: nameOf(period, fromMs), fromMs, toMs: endOf(period, fromMs) };
}

/** The last one that is over at a moment. */
export function lastPeriodBy(period: ReviewPeriod, epochMs: number): PeriodSpan {
  return periodBefore(periodAt(period, epochMs));
}

export function periodBefore({ period, fromMs }: PeriodSpan): PeriodSpan {
  return periodAt(period, fromMs - 1);
}

function startOf(period: ReviewPeriod, epochMs: number): number {
  if (period === 'day') return floorTo(epochMs, DAY_MS);
  if (period === 'week') return floorTo(epochMs + THURSDAY_MS, WEEK_MS) - THURSDAY_MS;
  const date = new Date(epochMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

function endOf(period: ReviewPeriod, fromMs: number): number {
  if (period !== 'month') return fromMs + (period === 'day' ? DAY_MS : WEEK_MS);
  const date = new Date(fromMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

function nameOf(period: ReviewPeriod, fromMs: number): string {
  const date = new Date(fromMs).toISOString();
  const [day = ''] = date.split('T');
  if (period === 'day') return day;
  return period === 'month' ? day.slice(0, -3) : weekName(fromMs);
}

/** ISO 8601: a week is of the year that its Thursday lies in, and the first is the one of the year's first Thursday. */
function weekName(mondayMs: number): string {
  const thursdayMs = mondayMs + THURSDAY_MS;
  const year = new Date(thursdayMs).getUTCFullYear();
  const number = Math.floor((thursdayMs - Date.UTC(year, 0)) / WEEK_MS) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}
