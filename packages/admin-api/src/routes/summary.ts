import type { Compare, RangeParameters } from '@tacho/api-contract';
import { type Clock, type HealthThresholds, type SummaryReport, summaryReport } from '@tacho/core';
import type { HistoryWindow } from '@tacho/store';
import type { PastReads } from '../past.ts';
import { previousOf, rangeOf } from '../range.ts';
import type { RangeWindow } from '../range-window.ts';
import type { Handler } from './handler.ts';

interface SummaryRoute {
  rangeWindow: RangeWindow;
  past: Pick<PastReads, 'window'>;
  clock: Pick<Clock, 'now'>;
  thresholds: Readonly<HealthThresholds> | undefined;
}

/** Of what was measured up to now, as a stream shows it. */
export function summaryNow({
  past,
  clock,
  thresholds,
}: Omit<SummaryRoute, 'rangeWindow'>): (range: RangeParameters) => Promise<SummaryReport> {
  return async (range) => {
    const { fromMs, toMs } = rangeOf(range, clock.now());
    const covered = await past.window(fromMs, toMs, { users: false });
    return summaryReport(covered, { nowMs: clock.now(), thresholds });
  };
}

export function getSummary({ rangeWindow, past, clock, thresholds }: SummaryRoute): Handler<'getSummary'> {
  return async ({ ctx, query: { compare, ...range } }) => {
    const covered = await rangeWindow(ctx, range);
    const nowMs = clock.now();
    const comparison = compare && (await comparedWith(compare, covered, nowMs));
    return summaryReport(covered, { nowMs, thresholds, comparison });
  };

  /** Before what the answer covers, and not before what was asked for: nothing is to count in both. */
  async function comparedWith(
    compare: Compare,
    covered: HistoryWindow,
    nowMs: number,
  ): Promise<HistoryWindow> {
    const { fromMs, toMs } = compare === 'previous' ? previousOf(covered, nowMs) : compare;
    return past.window(fromMs, toMs, { users: false });
  }
}
