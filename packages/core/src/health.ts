import type { SystemSample } from './record.ts';

/**
 * How the host is doing.
 * - `healthy`: every figure known is within its normal range.
 * - `warning`: some figure is approaching its limit.
 * - `critical`: some figure is at a dangerous level.
 * - `unknown`: nothing recent is known of the host.
 */
export type Health = 'healthy' | 'warning' | 'critical' | 'unknown';

/** Percentages; a figure above one (not at it) has the level of its name. */
export interface HealthThresholds {
  cpuWarning: number;
  cpuCritical: number;
  memoryWarning: number;
  memoryCritical: number;
  diskWarning: number;
  diskCritical: number;
}

export const DEFAULT_HEALTH_THRESHOLDS: Readonly<HealthThresholds> = {
  cpuWarning: 70,
  cpuCritical: 90,
  memoryWarning: 70,
  memoryCritical: 90,
  diskWarning: 80,
  diskCritical: 95,
};

/** A sample this old, or this far ahead of a clock that was set back, says nothing of the host now. */
const FRESH_WITHIN_MS = 60_000;

/**
 * The worst level among the figures that `sample` knows; a figure that is null has no say.
 * @param sample the latest one, if any
 */
export function healthOf(
  sample: SystemSample | undefined,
  nowMs: number,
  thresholds: Readonly<HealthThresholds> = DEFAULT_HEALTH_THRESHOLDS,
): Health {
  if (sample === undefined || Math.abs(nowMs - sample.timestampMs) >= FRESH_WITHIN_MS) return 'unknown';
  const levels = [
    levelOf(sample.cpuPercent, thresholds.cpuWarning, thresholds.cpuCritical),
    levelOf(sample.memoryPercent, thresholds.memoryWarning, thresholds.memoryCritical),
    levelOf(sample.diskPercent, thresholds.diskWarning, thresholds.diskCritical),
  ];
  const worstFirst: Health[] = ['critical', 'warning', 'healthy'];
  return worstFirst.find((level) => levels.includes(level)) ?? 'unknown';
}

function levelOf(percent: number | null, warning: number, critical: number): Health {
  if (percent === null) return 'unknown';
  if (percent > critical) return 'critical';
  return percent > warning ? 'warning' : 'healthy';
}
