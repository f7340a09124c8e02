import { EndpointStats, MINUTE_MS, OVERFLOW_ROUTE, type Window } from '@tacho/core';
import { nextTurn } from '@tacho/store';
import type { AlertPast, Reading } from '../reading.ts';
import type { DegradationRule } from '../rule.ts';
import { CauseFinder, type Finding } from './cause-finder.ts';
import { latest } from './ranges.ts';
import { type Reference, readEarlierDays, readHoursBefore } from './reference.ts';
import { statsOf, subjectsOf } from './subjects.ts';
import {
  type Comparison,
  FAILING_TIMES,
  failureRiseOf,
  type Latest,
  type Sample,
  SLOWER_TIMES,
  slowdownOf,
} from './worse.ts';

/** Endpoints that are looked at before the process sees to its other work. */
const PER_TURN = 100;

/** A half of the window has at least this share of the requests that the whole has to have. */
const MIN_SHARE_OF_HALF = 0.2;

interface Kind {
  readonly compare: (now: Latest, before: Sample) => Comparison;
  readonly threshold: number;
  readonly measure: Finding['measure'];
}

const KINDS: readonly Kind[] = [
  { compare: failureRiseOf, threshold: FAILING_TIMES, measure: { kind: 'errors', of: 'server' } },
  { compare: slowdownOf, threshold: SLOWER_TIMES, measure: { kind: 'time' } },
];

/**
 * How many times as slow as it was, or as often failing. An endpoint has degraded where it is worse, by `worse.ts`, than in
 * the hours before, and where they had enough requests of it also than at the same hours yesterday and a week ago: then
 * no morning and no Monday is worse than it has to be. Those days are read only where the hours before leave a doubt.
 * Of an endpoint that these hours know too little of, nothing is said.
 */
export async function readDegradation(
  rule: DegradationRule,
  past: AlertPast,
  nowMs: number,
): Promise<Reading[]> {
  const whole = latest(nowMs, rule.windowMs);
  const middleMs = latest(nowMs, rule.windowMs / 2).fromMs;
  const late = await past.window(middleMs, whole.toMs, { users: false });
  const early = await past.window(whole.fromMs, middleMs, { users: false });
  const before = await readHoursBefore(past, whole.fromMs);
  let earlierDays: readonly Reference[] | undefined;
  const findings: Finding[] = [];
  let looked = 0;
  for (const { subject } of subjectsOf(late.window, rule.scope)) {
    if (++looked % PER_TURN === 0) await nextTurn();
    const now = latestOf(subject, rule, [early.window, late.window]);
    const usual = before.of(subject);
    if (now === undefined || usual === undefined) continue;
    let found = compared(now, [usual]);
    if (found.comparison.isWorse) {
      earlierDays ??= await readEarlierDays(past, nowMs);
      const days = earlierDays.map((day) => day.of(subject)).filter((day) => day !== undefined);
      found = compared(now, [usual, ...days]);
    }
    findings.push(findingOf(subject, now, found));
  }
  return new CauseFinder(past, whole).explained(findings);
}

interface Compared {
  readonly kind: Kind;
  readonly comparison: Comparison;
}

/** By the kind of which it is worse than each of the samples, or by times where there is none. */
function compared(now: Latest, samples: readonly Sample[]): Compared {
  const all = KINDS.map((kind) => {
    const comparisons = samples.map((sample) => kind.compare(now, sample));
    const times = Math.min(...comparisons.map((comparison) => comparison.times));
    return { kind, comparison: { times, isWorse: comparisons.every(({ isWorse }) => isWorse) } };
  });
  return all.find(({ comparison }) => comparison.isWorse) ?? all.at(-1)!;
}

function findingOf(subject: string, { stats }: Latest, { kind, comparison }: Compared): Finding {
  return {
    subject,
    isBreached: comparison.isWorse,
    value: comparison.times,
    threshold: kind.threshold,
    unit: 'times',
    requests: stats.count,
    measure: kind.measure,
  };
}

/** @returns undefined where there are too few requests; of those without stats of their own, each time others are */
function latestOf(subject: string, rule: DegradationRule, windows: readonly Window[]): Latest | undefined {
  if (subject.endsWith(` ${OVERFLOW_ROUTE}`)) return undefined;
  const stats = new EndpointStats();
  const halves: EndpointStats[] = [];
  for (const window of windows) {
    const half = statsOf(window, subject);
    if (half === undefined || half.count <= rule.minRequests * MIN_SHARE_OF_HALF) return undefined;
    stats.merge(half);
    halves.push(half);
  }
  return stats.count < rule.minRequests ? undefined : { stats, halves, minutes: rule.windowMs / MINUTE_MS };
}
