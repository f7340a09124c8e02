import { ceilTo, DAY_MS, floorTo, HOUR_MS, MINUTE_MS } from '../schedule.ts';
import type { Window } from '../window.ts';
import { rounded } from './rounded.ts';
import { timestamp } from './timestamp.ts';
import type { TrendSeries } from './trends.ts';

const MOST_GAPS = 10;

/** How much of a time was measured at all, to ten minutes. */
export interface MeasuredReport {
  /** Of the time that had passed; 0 to 100. */
  measured_percent: number;
  /** When nothing was measured, in order of time: the ten longest. */
  gaps: GapReport[];
}

export interface GapReport {
  from: string;
  to: string;
}

/** Rows of days, and of more, keep a sample of the host each ten minutes. */
const SLOT_MS = 10 * MINUTE_MS;

export const RESOLUTION_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;

/**
 * Whoever measures takes samples of the host and of itself all the time. So ten minutes without any were not measured,
 * unless the step of the series around them has requests and no sample at all: then nobody could sample.
 *
 * @param endMs of what had passed
 */
export function measuredOf(
  window: Pick<Window, 'systemSamples' | 'runtimeSamples'>,
  series: TrendSeries,
  { fromMs, endMs }: { readonly fromMs: number; readonly endMs: number },
): MeasuredReport {
  const slotMs = Math.max(SLOT_MS, window.systemSamples.resolutionMs);
  const measured = slotsOf(window, series, slotMs);
  const gaps: { startMs: number; endMs: number }[] = [];
  let missedMs = 0;
  // The slot that has just begun may have had no time for a sample.
  const lastMs = floorTo(endMs, slotMs);
  const overMs = measured.has(lastMs) ? endMs : Math.max(lastMs, Math.min(endMs, fromMs + slotMs));
  for (let slot = floorTo(fromMs, slotMs); slot < overMs; slot += slotMs) {
    if (measured.has(slot)) continue;
    const [startMs, stopMs] = [Math.max(slot, fromMs), Math.min(slot + slotMs, overMs)];
    missedMs += stopMs - startMs;
    const last = gaps.at(-1);
    if (last?.endMs === startMs) last.endMs = stopMs;
    else gaps.push({ startMs, endMs: stopMs });
  }
  const passedMs = overMs - fromMs;
  return {
    measured_percent: passedMs <= 0 ? 0 : rounded(100 * (1 - missedMs / passedMs), 4),
    gaps: gaps
      .sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs))
      .slice(0, MOST_GAPS)
      .sort((a, b) => a.startMs - b.startMs)
      .map(({ startMs, endMs }) => ({ from: timestamp(startMs), to: timestamp(endMs) })),
  };
}

function slotsOf(
  { systemSamples, runtimeSamples }: Pick<Window, 'systemSamples' | 'runtimeSamples'>,
  series: TrendSeries,
  slotMs: number,
) {
  const slots = new Set<number>();
  for (const { timestampMs } of [...systemSamples.list(), ...runtimeSamples.list()])
    slots.add(floorTo(timestampMs, slotMs));
  const stepMs = ceilTo(series.stepMs, RESOLUTION_MS[series.resolution]);
  for (const { startMs, stats } of series.steps) {
    if (stats.total === 0) continue;
    const within = Array.from(
      { length: Math.ceil(stepMs / slotMs) },
      (_, n) => floorTo(startMs, slotMs) + n * slotMs,
    );
    if (!within.some((slot) => slots.has(slot))) for (const slot of within) slots.add(slot);
  }
  return slots;
}
