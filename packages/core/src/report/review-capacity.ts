import type { HealthThresholds } from '../health.ts';
import type { SystemSample } from '../record.ts';
import { median, type Point, type RobustLine, robustLine } from '../robust-line.ts';
import { DAY_MS, floorTo } from '../schedule.ts';
import { type AverageAndPeak, averageAndPeak, HOST_FIGURES, type HostFigure } from './review-steps.ts';
import { rounded } from './rounded.ts';
import { timestamp } from './timestamp.ts';

/** The host over the period. Percentages are of its samples; a figure that no sample has is null. */
export interface CapacityReport extends Record<HostFigure, CapacityFigureReport | null> {
  disk_full: DiskFullReport | null;
}

export interface CapacityFigureReport extends AverageAndPeak {
  /**
   * By how many percentage points it rises a day, or falls, by a line through the medians of the steps; null where
   * there is no trend: it may as well be level.
   */
  change_per_day: number | null;
}

/** When the disk is at its critical threshold if it goes on as it did; null where it doesn't rise, or that is too far ahead to be told. */
export interface DiskFullReport {
  /** The threshold; percent. */
  percent: number;
  at: string;
  /** With 95 % confidence not before this. */
  earliest: string;
  /** Nor after this; null where that is too far ahead to be told. */
  latest: string | null;
}

/** A line is drawn out to at most so many times the time that it was seen for. */
const MOST_TIMES_AHEAD = 10;

/**
 * @param stepMs hours of a day say nothing of how CPU and memory go from day to day: of them only the disk has a trend
 * @param endMs of what had passed
 */
export function capacityReport(
  samples: readonly SystemSample[],
  stepMs: number,
  endMs: number,
  thresholds: Readonly<HealthThresholds>,
): CapacityReport {
  const line = (figure: HostFigure) => trendOf(samples, figure, stepMs, endMs);
  const ofDays = (figure: HostFigure) => (stepMs < DAY_MS ? undefined : line(figure));
  const disk = line('disk_percent');
  return {
    cpu_percent: oneFigure(samples, 'cpu_percent', ofDays('cpu_percent')),
    memory_percent: oneFigure(samples, 'memory_percent', ofDays('memory_percent')),
    disk_percent: oneFigure(samples, 'disk_percent', disk),
    disk_full: disk === undefined ? null : diskFull(disk, thresholds.diskCritical, endMs),
  };
}

function oneFigure(
  samples: readonly SystemSample[],
  figure: HostFigure,
  trend: Trend | undefined,
): CapacityFigureReport | null {
  const figures = averageAndPeak(samples, figure);
  return figures && { ...figures, change_per_day: trend === undefined ? null : rounded(trend.slope, 4) };
}

/** In days from the end of the period, and percent. */
interface Trend extends RobustLine {
  readonly seenDays: number;
}

/** @returns undefined where a level line is as likely */
function trendOf(
  samples: readonly SystemSample[],
  figure: HostFigure,
  stepMs: number,
  endMs: number,
): Trend | undefined {
  const points = pointsOf(samples, figure, stepMs, endMs);
  const line = robustLine(points);
  if (line === undefined || line.lowestSlope * line.highestSlope <= 0) return undefined;
  return { ...line, seenDays: points.at(-1)!.x - points[0]!.x };
}

/** The median of each step that has samples. */
function pointsOf(
  samples: readonly SystemSample[],
  figure: HostFigure,
  stepMs: number,
  endMs: number,
): Point[] {
  const steps = new Map<number, number[]>();
  for (const sample of samples) {
    const value = HOST_FIGURES[figure](sample);
    if (value === null) continue;
    const startMs = floorTo(sample.timestampMs, stepMs);
    const values = steps.get(startMs) ?? [];
    if (values.length === 0) steps.set(startMs, values);
    values.push(value);
  }
  return [...steps].map(([startMs, values]) => ({
    x: (startMs + stepMs / 2 - endMs) / DAY_MS,
    y: median(values.sort((a, b) => a - b)),
  }));
}

function diskFull(trend: Trend, percent: number, endMs: number): DiskFullReport | null {
  const { intercept, slope, lowestSlope, highestSlope, seenDays } = trend;
  const daysAt = (rate: number): number => Math.max(0, (percent - intercept) / rate);
  const mostDays = MOST_TIMES_AHEAD * seenDays;
  if (slope <= 0 || daysAt(slope) > mostDays) return null;
  const timeAt = (rate: number): string => timestamp(floorTo(endMs + daysAt(rate) * DAY_MS, 1));
  return {
    percent,
    at: timeAt(slope),
    earliest: timeAt(highestSlope),
    latest: daysAt(lowestSlope) > mostDays ? null : timeAt(lowestSlope),
  };
}
