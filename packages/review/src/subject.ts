import { figures, type ReviewReport } from '@tacho/core';
import { titleOf } from './sections/head.ts';
import { signed } from './sections/totals.ts';

/** Whose review it is. */
export interface ReviewOf {
  /** `service.name`; undefined where it has none. May hold any character. */
  readonly service: string | undefined;
}

/**
 * A line for a mail, without anything that was measured but numbers: `shop, week 5 of 2026: 12,345 requests (+3.1%),
 * 0.4% errors, p95 120 ms, 2 slower`.
 */
export function reviewSubject(review: ReviewReport, { service = 'tacho' }: ReviewOf): string {
  const { total_requests, error_rate, p95, comparison, changes } = review;
  const change = comparison?.change.total_requests ?? null;
  const parts = [
    `${figures.count(total_requests)} requests${change === null ? '' : ` (${signed(change, 1)}%)`}`,
    `${figures.percent(error_rate)} errors`,
    `p95 ${figures.duration(p95)}`,
    ...(changes.slower.length > 0 ? [`${changes.slower.length} slower`] : []),
    ...(changes.failing_more.length > 0 ? [`${changes.failing_more.length} failing more`] : []),
  ];
  return `${service}, ${titleOf(review)}: ${total_requests === 0 ? 'no requests' : parts.join(', ')}`;
}
