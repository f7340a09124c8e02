import type { AskedReview } from './read-review.ts';

/** The same, as the admin API is asked. */
export function reviewQuery({ period, endingMs, isCurrent }: AskedReview): string {
  const query = new URLSearchParams({ period });
  if (endingMs !== undefined) query.set('ending', String(endingMs));
  if (isCurrent) query.set('current', 'true');
  return query.toString();
}
