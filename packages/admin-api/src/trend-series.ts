import type { Compare } from '@tacho/api-contract';
import { ceilTo } from '@tacho/core';
import type { HistorySeries } from '@tacho/store';
import type { PastReads } from './past.ts';
import { lengthMsOf, previousOf, type Range, RESOLUTION_MS } from './range.ts';

export interface TrendQuestion {
  readonly range: Range;
  readonly compare: Compare | undefined;
  /** `METHOD route`; undefined for all endpoints together. */
  readonly endpoint: string | undefined;
  readonly stepMs: number;
}

export interface TrendSeriesPair {
  readonly series: HistorySeries;
  readonly comparison: HistorySeries | undefined;
}

/**
 * Both series in steps of one length: the one that is asked for, or where either is coarser by now, the next that
 * is whole units of its resolution. A row that is longer than a step would stand in one and be missing in others.
 */
export async function trendSeries(
  past: Pick<PastReads, 'series'>,
  question: TrendQuestion,
  nowMs: number,
): Promise<TrendSeriesPair> {
  const { range, compare, endpoint, stepMs } = question;
  const series = await past.series({ ...range, stepMs, endpoint });
  // Earlier by whole steps, so that both go through the same phases of a step, and of the day where one is asked for.
  const backMs = ceilTo(lengthMsOf(range, nowMs), stepMs);
  const other = compare === 'previous' ? previousOf(series, nowMs, backMs) : compare;
  const comparison = other && (await past.series({ ...other, stepMs, endpoint }));
  const servedMs = Math.max(servedStepMs(series), comparison === undefined ? 0 : servedStepMs(comparison));
  if (servedMs === stepMs) return { series, comparison };
  return trendSeries(past, { ...question, stepMs: servedMs }, nowMs);
}

function servedStepMs({ stepMs, resolution }: HistorySeries): number {
  return ceilTo(stepMs, RESOLUTION_MS[resolution]);
}
