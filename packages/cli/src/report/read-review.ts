import {
  lastPeriodBy,
  type PeriodSpan,
  periodAt,
  type ReviewPeriod,
  type ReviewReport,
  readReviewPast,
  wholeReviewReport,
} from '@tacho/core';
import { encryptionKeys } from '../encryption-keys.ts';
import type { Environment } from '../environment.ts';
import { storeFailure } from '../store-failure.ts';

/** Which day, week or month. */
export interface AskedReview {
  readonly period: ReviewPeriod;
  /** Epoch milliseconds: the last that was over then; undefined for now. */
  readonly endingMs: number | undefined;
  /** The one that is still running. */
  readonly isCurrent: boolean;
}

/**
 * Makes a review of what is in a store's file, whether or not a service runs on it.
 * @throws `CommandError`
 */
export async function reviewOfStore(
  file: string,
  asked: AskedReview,
  environment: Environment,
): Promise<ReviewReport> {
  const { stores, clock, interrupted } = environment;
  const keys = encryptionKeys(environment);
  const nowMs = clock.now();
  try {
    const reading = await stores.read(file, { encryptionKeys: keys });
    try {
      const past = await readReviewPast(reading, spanOf(asked, nowMs), { nowMs, users: true });
      interrupted.throwIfAborted();
      return wholeReviewReport(past, { nowMs, users: true });
    } finally {
      await reading.close();
    }
  } catch (error) {
    interrupted.throwIfAborted();
    throw storeFailure(error, file);
  }
}

function spanOf({ period, endingMs, isCurrent }: AskedReview, nowMs: number): PeriodSpan {
  return isCurrent ? periodAt(period, nowMs) : lastPeriodBy(period, Math.min(endingMs ?? nowMs, nowMs));
}
