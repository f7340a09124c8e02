import type { Mailer } from '@tacho/alerts';
import {
  type Clock,
  type HealthThresholds,
  type PeriodSpan,
  type ReviewReport,
  readReviewPast,
  reviewReport,
} from '@tacho/core';
import { reviewHtml, reviewSubject, reviewText } from '@tacho/review';
import { type History, nextTurn } from '@tacho/store';

export interface MailedReviewOptions {
  readonly mailer: Mailer;
  readonly to: readonly string[];
  readonly history: Pick<History, 'window' | 'series'>;
  readonly thresholds: Readonly<HealthThresholds>;
  /** `service.name`; undefined where it has none. */
  readonly service: string | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

/** Makes the review of a period and mails it. Rejects where the history can't be read, and as `Mailer.send` does. */
export function mailedReview({
  mailer,
  to,
  history,
  thresholds,
  service,
  clock,
}: MailedReviewOptions): (span: PeriodSpan, id: string, signal: AbortSignal) => Promise<void> {
  return async (span, id, signal) => {
    const options = { nowMs: clock.now(), thresholds, users: true };
    const review = await inTurns(reviewReport(await readReviewPast(history, span, options), options));
    await nextTurn();
    const text = reviewText(review, { service });
    await nextTurn();
    const html = reviewHtml(review, { service });
    await mailer.send({ to, subject: reviewSubject(review, { service }), text, html, id }, signal);
  };
}

/** Nobody waits for it, so that other work comes in wherever it may. */
async function inTurns(work: Generator<undefined, ReviewReport, undefined>): Promise<ReviewReport> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
