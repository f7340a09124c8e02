import type { AlertPast, Reading } from '../reading.ts';
import type { LatencyRule } from '../rule.ts';
import { CauseFinder } from './cause-finder.ts';
import { latest } from './ranges.ts';
import { subjectsOf } from './subjects.ts';

/** A percentile of the times of each subject's completed requests, in milliseconds. */
export async function readLatency(rule: LatencyRule, past: AlertPast, nowMs: number): Promise<Reading[]> {
  const range = latest(nowMs, rule.windowMs);
  const { window } = await past.window(range.fromMs, range.toMs, { users: false });
  const causes = new CauseFinder(past, range);
  const readings: Reading[] = [];
  for (const { subject, stats } of subjectsOf(window, rule.scope)) {
    if (stats.count === 0 || stats.count < rule.minRequests) continue;
    const value = stats.quantileMs(rule.percentile / 100);
    const isBreached = value > rule.overMs;
    readings.push({
      subject,
      isBreached,
      value,
      threshold: rule.overMs,
      unit: 'ms',
      requests: stats.count,
      causes: isBreached ? await causes.of(subject, { kind: 'time' }) : [],
    });
  }
  return readings;
}
