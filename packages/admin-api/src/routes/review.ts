import type { QueryOf } from '@tacho/api-contract';
import {
  type Clock,
  type HealthThresholds,
  lastPeriodBy,
  type PeriodSpan,
  periodAt,
  readReviewPast,
  reviewReport,
} from '@tacho/core';
import { setCoverage } from '../coverage-headers.ts';
import { inTurns } from '../in-turns.ts';
import type { PastReads } from '../past.ts';
import { invalidParameter } from '../query.ts';
import type { Handler } from './handler.ts';

interface ReviewRoute {
  past: PastReads;
  clock: Pick<Clock, 'now'>;
  thresholds: Readonly<HealthThresholds> | undefined;
}

/** Viewers see no users. */
export function getReview({ past, clock, thresholds }: ReviewRoute): Handler<'getReview'> {
  return async ({ ctx, query, identity }) => {
    const nowMs = clock.now();
    const users = identity?.role === 'admin';
    const read = await readReviewPast(past, spanOf(query, nowMs), { nowMs, users });
    setCoverage(ctx, read.now);
    return inTurns(reviewReport(read, { nowMs, thresholds, users }));
  };
}

function spanOf({ period, ending, current }: QueryOf<'getReview'>, nowMs: number): PeriodSpan {
  if (current === 'true') {
    if (ending !== undefined) throw invalidParameter('current', current, 'left out where ending is given');
    return periodAt(period, nowMs);
  }
  return lastPeriodBy(period, Math.min(ending ?? nowMs, nowMs));
}
