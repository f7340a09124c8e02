import type { ReviewComparisonReport, ReviewReport } from '@tacho/core';
import { figures, HOUR_MS } from '@tacho/core';
import { dayText, lengthText, momentText, periodText, stretchText } from '../dates.ts';

/** Less is worth a warning where counts are compared. */
const NEARLY_ALL_PERCENT = 95;

const GAPS_TOLD = 3;

/** `week 5 of 2026` */
export function titleOf({ period, name }: Pick<ReviewReport, 'period' | 'name'>): string {
  return periodText(period, name);
}

/** `Mon 26 Jan to Sun 1 Feb, UTC` */
export function rangeOf(review: ReviewReport): string {
  const last = new Date(Date.parse(review.to) - HOUR_MS / 2).toISOString();
  const [from, to] = [dayText(review.from), dayText(last)];
  return from === to ? `${from}, UTC` : `${from} to ${to}, UTC`;
}

/** How far what follows is to be trusted. */
export function caveats(review: ReviewReport): string[] {
  return [
    ...(review.is_over ? [] : [notOver(review)]),
    measured(review),
    ...(review.partial ? ['Some of what was stored could not be read: counts are too low.'] : []),
    ...comparisonCaveats(review),
  ];
}

function notOver({ made_at, period, comparison }: ReviewReport): string {
  const compared = comparison === null ? '' : `, and compared with as long a part of the ${period} before`;
  return `This ${period} is not over: it is reviewed as of ${momentText(made_at)}${compared}.`;
}

function measured({ measured_percent, gaps, period }: ReviewReport): string {
  if (gaps.length === 0) return `The whole ${period} was measured.`;
  if (measured_percent === 0) return `Nothing was measured in this ${period}.`;
  const longest = [...gaps].sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, GAPS_TOLD);
  const told = gaps
    .filter((gap) => longest.includes(gap))
    .map((gap) => `${stretchText(gap)} (${lengthText(lengthOf(gap))})`);
  const more = gaps.length > GAPS_TOLD ? ', and for shorter times' : '';
  return `Measured for ${figures.percent(measured_percent)} of the time. Not from ${told.join(', ')}${more}.`;
}

function comparisonCaveats({ period, comparison }: ReviewReport): string[] {
  if (comparison === null) {
    return [
      `Nothing is known of the ${period} before, so there is nothing to compare with. History is kept for 30 days, unless retentionDays says more.`,
    ];
  }
  if (comparison.measured_percent >= NEARLY_ALL_PERCENT) return [];
  return [
    `The ${period} before, ${periodText(period, comparison.name)}, was measured for ${figures.percent(comparison.measured_percent)} of the time${tooLate(period)}: compare rates and times, not counts.`,
  ];
}

function tooLate(period: ReviewReport['period']): string {
  return period === 'month' ? ', as far as history is kept (retentionDays)' : '';
}

function lengthOf({ from, to }: Pick<ReviewComparisonReport, 'from' | 'to'>): number {
  return Date.parse(to) - Date.parse(from);
}
