import {
  type Clock,
  HOUR_MS,
  lastPeriodBy,
  MINUTE_MS,
  type PeriodSpan,
  periodAt,
  type ReviewPeriod,
} from '@tacho/core';
import type { State } from '@tacho/store';
import { decodeReportState, encodeReportState, type ReportState } from './report-state.ts';

/** So long after its end, whatever was measured in a period is stored, by all processes. */
const DUE_AFTER_MS = 10 * MINUTE_MS;

/** Whoever has not told by then how it went is gone. */
const GONE_AFTER_MS = 5 * MINUTE_MS;

/** After one that failed; twice as long each time, up to the other. */
const FIRST_RETRY_AFTER_MS = MINUTE_MS;
const MOST_RETRY_AFTER_MS = HOUR_MS;

export interface ScheduledReportsOptions {
  readonly periods: readonly ReviewPeriod[];
  /** Shared by all processes of the store. */
  readonly state: State;
  /** Of this process, among all that share the store. */
  readonly writer: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Of a mail: letters and digits, another one each time. */
  readonly newId: () => string;
  /**
   * Makes the review of a period and sends it. Rejects where it was not sent; an error that has `isWorthRetrying` false
   * is not tried again.
   */
  readonly send: (span: PeriodSpan, id: string) => Promise<void>;
  readonly onError: (span: PeriodSpan, error: unknown) => void;
}

/**
 * A duty of the leader: sends the review of each period that has ended, once, whichever process leads then, and again
 * until it is sent. What was over when reviews were first asked for is not sent. A process that dies between the mail
 * and the note that it was sent leaves one in doubt, which is sent once more under the same id.
 *
 * A state beyond the end of the period that runs is of a clock that was set back since: then it begins anew.
 */
export function scheduledReports(options: ScheduledReportsOptions): () => Promise<void> {
  const { periods, state, clock } = options;
  /** Sent by this process, though the state could not be told: by period. */
  const sent = new Map<ReviewPeriod, number>();

  const look = async (period: ReviewPeriod): Promise<void> => {
    const nowMs = clock.now();
    const span = lastPeriodBy(period, nowMs - DUE_AFTER_MS);
    const key = `report:${period}`;
    const text = await state.get(key);
    const found = decodeReportState(text);
    const set = (from: string | undefined, next: ReportState): Promise<boolean> =>
      state.compareAndSet(key, from, encodeReportState(next));
    const note: ReportState = {
      toMs: span.toMs,
      stage: 'done',
      atMs: nowMs,
      attempts: 0,
      id: '',
      writer: options.writer,
    };

    if (found === undefined || found.toMs > periodAt(period, nowMs).toMs) return void (await set(text, note));
    if (!isDue(found, span, nowMs)) return;
    if (sent.get(period) === span.toMs) return void (await set(text, note));

    const again = found.toMs === span.toMs ? found : undefined;
    const id = again?.id || options.newId();
    const trying: ReportState = { ...note, stage: 'trying', attempts: (again?.attempts ?? 0) + 1, id };
    // Said first, so that of two leaders one sends it.
    if (!(await set(text, trying))) return;
    const next = await attempt(span, trying);
    if (next.stage === 'done') sent.set(period, span.toMs);
    await set(encodeReportState(trying), next);
  };

  const attempt = async (span: PeriodSpan, trying: ReportState): Promise<ReportState> => {
    try {
      await options.send(span, trying.id);
      return { ...trying, stage: 'done', atMs: clock.now() };
    } catch (error) {
      options.onError(span, error);
      return { ...trying, stage: isWorthRetrying(error) ? 'failed' : 'done', atMs: clock.now() };
    }
  };

  return async () => {
    for (const period of periods) await look(period);
  };
}

function isDue({ toMs, stage, atMs, attempts }: ReportState, span: PeriodSpan, nowMs: number): boolean {
  if (toMs !== span.toMs) return toMs < span.toMs;
  if (stage === 'done') return false;
  const passedMs = nowMs - atMs;
  const waitMs =
    stage === 'trying'
      ? GONE_AFTER_MS
      : Math.min(MOST_RETRY_AFTER_MS, FIRST_RETRY_AFTER_MS * 2 ** (attempts - 1));
  // A clock that was set back does not put it off.
  return passedMs >= waitMs || passedMs < 0;
}

function isWorthRetrying(error: unknown): boolean {
  return (error as { readonly isWorthRetrying?: unknown } | null | undefined)?.isWorthRetrying !== false;
}
