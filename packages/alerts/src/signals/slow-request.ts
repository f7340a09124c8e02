import { endpointName, type Window } from '@tacho/core';
import type { AlertPast, Reading } from '../reading.ts';
import type { SlowRequestRule } from '../rule.ts';
import { CauseFinder, type Finding } from './cause-finder.ts';
import { latest } from './ranges.ts';
import { ALL, subjectsOf } from './subjects.ts';

/** The slowest request of each subject, in milliseconds; breached where enough of them took longer than the rule allows. */
export async function readSlowRequests(
  rule: SlowRequestRule,
  past: AlertPast,
  nowMs: number,
): Promise<Reading[]> {
  const range = latest(nowMs, rule.windowMs);
  const { window } = await past.window(range.fromMs, range.toMs, { users: false });
  const listed = listedOver(window, rule.overMs);
  const findings: Finding[] = [];
  for (const { subject, stats } of subjectsOf(window, rule.scope)) {
    if (stats.count === 0) continue;
    const over = Math.max(listed.get(subject) ?? 0, stats.sketch.countOver(rule.overMs));
    const isBreached = over >= Math.max(1, rule.minRequests) && stats.maxMs > rule.overMs;
    findings.push({
      subject,
      isBreached,
      value: stats.maxMs,
      threshold: rule.overMs,
      unit: 'ms',
      requests: stats.count,
      measure: { kind: 'slow' },
    });
  }
  return new CauseFinder(past, range).explained(findings);
}

/**
 * By subject, the requests of the list that took longer. The list has exact times, but only requests that began in
 * the window too, and not more than it has room for; the sketch has all that ended in it, but not those of the bucket
 * that the limit is in.
 */
function listedOver({ slowRequests }: Pick<Window, 'slowRequests'>, overMs: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const record of slowRequests.list()) {
    if (record.durationMs <= overMs) continue;
    for (const subject of [ALL, endpointName(record)]) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  }
  return counts;
}
