import { EndpointStats } from '../endpoint-stats.ts';
import type { SystemSample } from '../record.ts';
import { floorTo } from '../schedule.ts';
import { rounded } from './rounded.ts';
import { errorRate, percentile } from './statistics.ts';
import { timestamp } from './timestamp.ts';
import type { TrendSeries, TrendStep } from './trends.ts';

/** Of the samples of a time; percentages. */
export interface AverageAndPeak {
  avg: number;
  peak: number;
}

export type HostFigure = 'cpu_percent' | 'memory_percent' | 'disk_percent';

export const HOST_FIGURES: Readonly<Record<HostFigure, (sample: SystemSample) => number | null>> = {
  cpu_percent: (sample) => sample.cpuPercent,
  memory_percent: (sample) => sample.memoryPercent,
  disk_percent: (sample) => sample.diskPercent,
};

/** An hour of a day, or a day of a week or a month. */
export interface ReviewStepReport extends Record<HostFigure, AverageAndPeak | null> {
  /** When it begins. */
  timestamp: string;
  total_requests: number;
  /** Percentage of completed requests with status 400 or above; null where none was completed, as `p95` is. */
  error_rate: number | null;
  /** Seconds. */
  p95: number | null;
  /** Completed, and longer than 2 s. */
  slow_requests: number;
}

/** One for each step that has begun, whether anything was measured in it or not. */
export function reviewSteps(
  series: TrendSeries,
  samples: readonly SystemSample[],
  { fromMs, endMs, stepMs }: { readonly fromMs: number; readonly endMs: number; readonly stepMs: number },
): ReviewStepReport[] {
  const stats = statsByStep(series.steps, stepMs);
  const hosts = Map.groupBy(samples, ({ timestampMs }) => floorTo(timestampMs, stepMs));
  const steps: ReviewStepReport[] = [];
  for (let startMs = fromMs; startMs < endMs; startMs += stepMs)
    steps.push(oneStep(startMs, stats.get(startMs) ?? new EndpointStats(), hosts.get(startMs) ?? []));
  return steps;
}

function statsByStep(steps: readonly TrendStep[], stepMs: number): Map<number, EndpointStats> {
  const byStep = new Map<number, EndpointStats>();
  for (const { startMs, stats } of steps) {
    const start = floorTo(startMs, stepMs);
    const all = byStep.get(start) ?? new EndpointStats();
    all.merge(stats);
    byStep.set(start, all);
  }
  return byStep;
}

function oneStep(startMs: number, stats: EndpointStats, samples: readonly SystemSample[]): ReviewStepReport {
  return {
    timestamp: timestamp(startMs),
    total_requests: stats.total,
    error_rate: stats.count === 0 ? null : errorRate(stats),
    p95: percentile(stats, 0.95),
    slow_requests: stats.slow,
    cpu_percent: averageAndPeak(samples, 'cpu_percent'),
    memory_percent: averageAndPeak(samples, 'memory_percent'),
    disk_percent: averageAndPeak(samples, 'disk_percent'),
  };
}

/** @returns null where no sample has the figure */
export function averageAndPeak(samples: readonly SystemSample[], figure: HostFigure): AverageAndPeak | null {
  let sum = 0;
  let count = 0;
  let peak = 0;
  for (const sample of samples) {
    const value = HOST_FIGURES[figure](sample);
    if (value === null) continue;
    sum += value;
    count++;
    peak = Math.max(peak, value);
  }
  return count === 0 ? null : { avg: rounded(sum / count, 4), peak: rounded(peak, 4) };
}
