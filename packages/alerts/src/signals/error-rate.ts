import type { AlertPast, Reading } from '../reading.ts';
import type { ErrorRateRule } from '../rule.ts';
import { CauseFinder, type Finding } from './cause-finder.ts';
import { latest } from './ranges.ts';
import { subjectsOf } from './subjects.ts';

/** The share of the completed requests of each subject that failed, in percent. */
export async function readErrorRate(rule: ErrorRateRule, past: AlertPast, nowMs: number): Promise<Reading[]> {
  const range = latest(nowMs, rule.windowMs);
  const { window } = await past.window(range.fromMs, range.toMs, { users: false });
  const findings: Finding[] = [];
  for (const { subject, stats } of subjectsOf(window, rule.scope)) {
    if (stats.count === 0 || stats.count < rule.minRequests) continue;
    const failed = rule.errors === 'all' ? stats.errors : stats.serverErrors;
    const value = (failed / stats.count) * 100;
    const isBreached = value > rule.overPercent;
    findings.push({
      subject,
      isBreached,
      value,
      threshold: rule.overPercent,
      unit: 'percent',
      requests: stats.count,
      measure: { kind: 'errors', of: rule.errors },
    });
  }
  return new CauseFinder(past, range).explained(findings);
}
