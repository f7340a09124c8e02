import type { AlertPast, Reading } from '../reading.ts';
import type { LatencyRule } from '../rule.ts';
import { CauseFinder, type Finding } from './cause-finder.ts';
import { latest } from './ranges.ts';
import { subjectsOf } from './subjects.ts';

/** A percentile of the times of each subject's completed requests, in milliseconds. */
export async function readLatency(rule: LatencyRule, past: AlertPast, nowMs: number): Promise<Reading[]> {
  const range = latest(nowMs, rule.windowMs);
  const { window } = await past.window(range.fromMs, range.toMs, { users: false });
  const findings: Finding[] = [];
  for (const { subject, stats } of subjectsOf(window, rule.scope)) {
    if (stats.count === 0 || stats.count < rule.minRequests) continue;
    const value = stats.quantileMs(rule.percentile / 100);
    const isBreached = value > rule.overMs;
    findings.push({
      subject,
      isBreached,
      value,
      threshold: rule.overMs,
      unit: 'ms',
      requests: stats.count,
      measure: { kind: 'time' },
    });
  }
  return new CauseFinder(past, range).explained(findings);
}
