import { HOUR_MS } from '../schedule.ts';
import { type PeriodSpan, periodBefore } from './review-period.ts';
import type { CoveredWindow } from './summary.ts';
import type { TrendSeries } from './trends.ts';

/** What a review reads from: the history of a service, or a store's file. */
export interface ReviewSource {
  window(fromMs: number, toMs: number, options: { readonly users: boolean }): Promise<CoveredWindow>;
  series(query: { fromMs: number; toMs: number; stepMs: number }): Promise<TrendSeries>;
}

/** What a review is made of. */
export interface ReviewPast {
  readonly span: PeriodSpan;
  /** The one before. */
  readonly previous: PeriodSpan;
  readonly now: CoveredWindow;
  /** By the hour, where that is still known. */
  readonly series: TrendSeries;
  /** As long a part of the one before as has passed of this one. */
  readonly before: CoveredWindow;
  readonly seriesBefore: TrendSeries;
  /** Epoch milliseconds: the end of that part. */
  readonly beforeEndMs: number;
}

/**
 * Reads a period and the one before it. Rejects as the source does.
 * @param users whether users are to be named
 */
export async function readReviewPast(
  source: ReviewSource,
  span: PeriodSpan,
  { nowMs, users }: { readonly nowMs: number; readonly users: boolean },
): Promise<ReviewPast> {
  const previous = periodBefore(span);
  const passedMs = Math.min(nowMs, span.toMs) - span.fromMs;
  const beforeEndMs = Math.min(previous.toMs, previous.fromMs + Math.max(passedMs, 1));
  return {
    span,
    previous,
    now: await source.window(span.fromMs, span.toMs, { users }),
    series: await source.series({ fromMs: span.fromMs, toMs: span.toMs, stepMs: HOUR_MS }),
    before: await source.window(previous.fromMs, beforeEndMs, { users: false }),
    seriesBefore: await source.series({ fromMs: previous.fromMs, toMs: beforeEndMs, stepMs: HOUR_MS }),
    beforeEndMs,
  };
}
