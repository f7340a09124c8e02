import { EndpointStats } from '../endpoint-stats.ts';
import { ceilTo, floorTo } from '../schedule.ts';
import { changeOf } from './change.ts';
import { type Coverage, type CoverageReport, coverageReport } from './coverage.ts';
import { stepText } from './step-text.ts';
import { timestamp } from './timestamp.ts';
import { type Chosen, chosen, type TrendFigures, type TrendMetric, trendFigures } from './trend-figures.ts';

/** The stats of the steps of a range. */
export interface TrendSeries extends Coverage {
  readonly stepMs: number;
  /** In order of time; steps in which nothing was measured may be missing. */
  readonly steps: readonly TrendStep[];
}

export interface TrendStep {
  /** Epoch milliseconds: a whole multiple of the step. */
  readonly startMs: number;
  readonly stats: EndpointStats;
}

/** One step, named by when it begins. */
export type TrendPointReport = { timestamp: string } & Chosen<TrendFigures>;

export interface TrendLineReport extends CoverageReport {
  /** One for each step up to now, in order of time. */
  points: TrendPointReport[];
  /** Of the whole range. */
  total: Chosen<TrendFigures>;
}

export interface TrendsReport extends TrendLineReport {
  /** `METHOD route`; null for all endpoints together. */
  endpoint: string | null;
  /** The length of a step: `15m`, `6h`, `1d`. */
  step: string;
  comparison?: TrendComparisonReport;
}

/** An earlier range, in the same steps. */
export interface TrendComparisonReport extends TrendLineReport {
  /** By how many percent each figure of `total` is above that of this range; null where there is no telling. */
  change: Chosen<Record<TrendMetric, number | null>>;
}

export interface TrendsOptions {
  /** `METHOD route`; undefined for all endpoints together. */
  endpoint: string | undefined;
  /** Undefined for all metrics. */
  metric: TrendMetric | undefined;
  /** Epoch milliseconds. */
  nowMs: number;
  /** Of another range, in steps of the same length. */
  comparison: TrendSeries | undefined;
}

const NOTHING = new EndpointStats();

/** So many are made in a few milliseconds. */
const POINTS_A_TURN = 250;

/**
 * How the figures went, step by step; a total is of the merged stats of its steps, not of their figures. A report
 * may have thousands of points, so it is made in pieces: it is what the generator returns.
 */
export function* trendsReport(
  series: TrendSeries,
  { endpoint, metric, nowMs, comparison }: TrendsOptions,
): Generator<undefined, TrendsReport, undefined> {
  const { figures, ...line } = yield* lineOf(series, metric, nowMs);
  const report = { endpoint: endpoint ?? null, step: stepText(series.stepMs), ...line };
  if (comparison === undefined) return report;
  const { figures: before, ...other } = yield* lineOf(comparison, metric, nowMs);
  return { ...report, comparison: { ...other, change: chosen(changeOf(figures, before), metric) } };
}

/** How many points a report on a series has. */
export function trendPointCount(series: TrendSeries, nowMs: number): number {
  const { first, end } = stepsUpTo(series, nowMs);
  return (
    Math.max(0, (end - first) / series.stepMs) + series.steps.filter(({ startMs }) => startMs >= end).length
  );
}

/** @returns `figures`: all of the total */
function* lineOf(
  series: TrendSeries,
  metric: TrendMetric | undefined,
  nowMs: number,
): Generator<undefined, TrendLineReport & { figures: TrendFigures }, undefined> {
  const all = new EndpointStats();
  const points: TrendPointReport[] = [];
  for (const { startMs, stats } of stepsOf(series, nowMs)) {
    const figures = trendFigures(stats, passedMs(series, nowMs, startMs));
    points.push({ timestamp: timestamp(startMs), ...chosen(figures, metric) });
    all.merge(stats);
    if (points.length % POINTS_A_TURN === 0) yield;
  }
  const figures = trendFigures(all, Math.min(series.toMs, nowMs) - series.fromMs);
  return { ...coverageReport(series, nowMs), points, total: chosen(figures, metric), figures };
}

/** Without gaps up to now; later ones, measured before the clock was set back, as they are. */
function* stepsOf(series: TrendSeries, nowMs: number): Generator<TrendStep, void, undefined> {
  const { first, end } = stepsUpTo(series, nowMs);
  const measured = new Map(series.steps.map(({ startMs, stats }) => [startMs, stats]));
  for (let startMs = first; startMs < end; startMs += series.stepMs) {
    yield { startMs, stats: measured.get(startMs) ?? NOTHING };
  }
  yield* series.steps.filter(({ startMs }) => startMs >= end);
}

/** The steps that have begun: `end` is excluded. */
function stepsUpTo({ fromMs, toMs, stepMs }: TrendSeries, nowMs: number): { first: number; end: number } {
  const first = floorTo(fromMs, stepMs);
  return { first, end: Math.max(first, ceilTo(Math.min(toMs, nowMs), stepMs)) };
}

/** How much of a step lies in the range and is over. */
function passedMs({ fromMs, toMs, stepMs }: TrendSeries, nowMs: number, startMs: number): number {
  return Math.min(startMs + stepMs, toMs, nowMs) - Math.max(startMs, fromMs);
}
