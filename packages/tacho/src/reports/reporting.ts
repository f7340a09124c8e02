import { randomUUID } from 'node:crypto';
import { createMailer, type MailSettings } from '@tacho/alerts';
import { type Clock, type HealthThresholds, MINUTE_MS, type ReviewPeriod, SECOND_MS } from '@tacho/core';
import { unobserved } from '@tacho/otel/unobserved';
import type { History, State } from '@tacho/store';
import { errorCode, errorText } from '../error-text.ts';
import type { Notices } from '../log/notices.ts';
import { mailedReview } from './mailed-review.ts';
import { scheduledReports } from './scheduled-reports.ts';

/** Leaders come by every ten seconds. */
const LOOK_EVERY_MS = MINUTE_MS;

/** For one mail. */
const LIMIT_MS = 60 * SECOND_MS;

export interface ReportingOptions {
  /** At least one. */
  readonly periods: readonly ReviewPeriod[];
  readonly mail: MailSettings;
  /** Shared by all processes of the store. */
  readonly state: State;
  readonly writer: string;
  readonly history: Pick<History, 'window' | 'series'>;
  readonly thresholds: Readonly<HealthThresholds>;
  /** `service.name`; undefined where it has none. */
  readonly service: string | undefined;
  readonly clock: Clock;
  readonly notices: Notices;
}

/** What mails reviews in this process, where that is the leader. */
export interface Reporting {
  /** Never rejects; one that is still at it is not joined by another. */
  sendIfDue(): Promise<void>;
  stop(): void;
}

export function openReporting(options: ReportingOptions): Reporting {
  const { periods, mail, state, writer, clock, notices } = options;
  const stopped = new AbortController();
  const mailer = createMailer(mail);
  const sendReview = mailedReview({ ...options, mailer, to: mail.to });
  const look = scheduledReports({
    periods,
    state,
    writer,
    clock,
    newId: () => `review-${randomUUID()}`,
    send: (span, id) =>
      unobserved(() =>
        sendReview(span, id, AbortSignal.any([stopped.signal, AbortSignal.timeout(LIMIT_MS)])),
      ),
    onError: ({ name }, error) =>
      notices.warnRarely('report', `the review of ${name} was not mailed: ${errorText(error)}`),
  });
  let isLooking = false;
  let lookedMs = Number.NEGATIVE_INFINITY;
  return {
    async sendIfDue() {
      const passedMs = clock.now() - lookedMs;
      if (isLooking || stopped.signal.aborted || (passedMs >= 0 && passedMs < LOOK_EVERY_MS)) return;
      isLooking = true;
      lookedMs = clock.now();
      try {
        await look();
      } catch (error) {
        // The store says itself when it can't be used.
        if (errorCode(error) !== 'TACHO_STORE_UNAVAILABLE') notices.warnRarely('report', errorText(error));
      } finally {
        isLooking = false;
      }
    },
    stop: () => stopped.abort(),
  };
}
