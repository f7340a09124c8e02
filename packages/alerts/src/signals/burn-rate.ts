import { type EndpointStats, endpointName, SLOW_MS, type Window } from '@tacho/core';
import type { Measure } from '../causes-measure.ts';
import type { AlertPast, Reading } from '../reading.ts';
import type { BurnRateRule } from '../rule.ts';
import { CauseFinder, type Finding } from './cause-finder.ts';
import { latest } from './ranges.ts';
import { ALL, type Subject, statsOf, subjectsOf } from './subjects.ts';

/**
 * How many times as fast as it may the error budget is being spent, in the long window; breached where it is above the
 * factor in the short one too, so that an alert ends soon after its reason did.
 */
export async function readBurnRate(rule: BurnRateRule, past: AlertPast, nowMs: number): Promise<Reading[]> {
  const long = latest(nowMs, rule.longMs);
  const short = latest(nowMs, rule.shortMs);
  const { window } = await past.window(long.fromMs, long.toMs, { users: false });
  const { window: lately } = await past.window(short.fromMs, short.toMs, { users: false });
  const slowErrors = rule.withinMs === undefined ? undefined : slowErrorsOf(window);
  const slowErrorsLately = rule.withinMs === undefined ? undefined : slowErrorsOf(lately);
  const findings: Finding[] = [];
  for (const whole of subjectsOf(window, rule.scope)) {
    const { subject, stats } = whole;
    if (stats.count === 0 || stats.count < rule.minRequests) continue;
    const value = burnOf(rule, whole, slowErrors);
    const part = value > rule.factor ? statsOf(lately, subject) : undefined;
    const isBreached =
      part !== undefined && burnOf(rule, { subject, stats: part }, slowErrorsLately) > rule.factor;
    findings.push({
      subject,
      isBreached,
      value,
      threshold: rule.factor,
      unit: 'times',
      requests: stats.count,
      measure: measureOf(rule, part ?? stats),
    });
  }
  return new CauseFinder(past, short).explained(findings);
}

/** By subject: server errors that were slow. */
type SlowErrors = ReadonlyMap<string, number>;

function burnOf(rule: BurnRateRule, { subject, stats }: Subject, slowErrors?: SlowErrors): number {
  if (stats.count === 0) return 0;
  const bad = badRequests(rule, stats, slowErrors?.get(subject) ?? 0);
  return bad / stats.count / (1 - rule.objectivePercent / 100);
}

/**
 * Server errors and requests that took too long. A request that was both is to count once: of slow ones it is known
 * which were, of those between the limit and slow it is not, so that they may count twice.
 */
function badRequests({ withinMs }: BurnRateRule, stats: EndpointStats, slowErrors: number): number {
  if (withinMs === undefined) return stats.serverErrors;
  const late = stats.sketch.countOver(withinMs);
  const both = withinMs <= SLOW_MS ? Math.min(slowErrors, late) : Math.min(late, stats.serverErrors);
  return Math.min(stats.count, stats.serverErrors + late - both);
}

function slowErrorsOf({ failures }: Pick<Window, 'failures'>): SlowErrors {
  const counts = new Map<string, number>();
  for (const failure of failures.entries()) {
    if (failure.status < 500 || failure.slow === 0) continue;
    for (const subject of [ALL, endpointName(failure)])
      counts.set(subject, (counts.get(subject) ?? 0) + failure.slow);
  }
  return counts;
}

/** Whichever spends more of the budget. */
function measureOf({ withinMs }: BurnRateRule, stats: EndpointStats): Measure {
  const late = withinMs === undefined ? 0 : stats.sketch.countOver(withinMs);
  return late > stats.serverErrors ? { kind: 'time' } : { kind: 'errors', of: 'server' };
}
