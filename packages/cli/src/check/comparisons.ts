import {
  errorIncrease,
  FAST,
  type Part,
  type Run,
  type RunPair,
  requestCount,
  slowdown,
  TYPICAL,
} from '@tacho/core';
import type { Check, Verdict } from './check.ts';
import {
  ALL,
  type CheckPlan,
  DEFAULT_MAX_ERROR_INCREASE_PERCENT,
  DEFAULT_MAX_SLOWDOWN_PERCENT,
  DEFAULT_MIN_REQUESTS,
  EACH,
  type Limits,
  limitsByScope,
} from './check-plan.ts';
import type { MeasuredRun } from './measured-run.ts';

/** A run to be judged and the one it is compared with. */
export interface MeasuredPair {
  baseline: MeasuredRun;
  current: MeasuredRun;
}

/**
 * All intervals of a kind of check together hold the truth so often. A verdict looks at one end alone, past which the truth
 * is half as often: so no more than one build of twenty that are right at the limit is judged wrongly (two one-sided
 * tests, Schuirmann 1987).
 */
const CONFIDENCE = 0.9;

/** The typical requests have the noise of the machine in them: they fail a build only where that can't be it. */
const TYPICAL_CONFIDENCE = 0.99;

interface Compared {
  endpoint: string;
  limits: Limits;
  isNamed: boolean;
}

type Unjudged = Pick<Check, 'verdict' | 'reason'>;

/**
 * How each endpoint has changed: fails where all of the interval is past the limit, passes where it all is within, and
 * can't be told otherwise. A single endpoint's interval is the wider the more endpoints there are (Bonferroni), so that
 * many of them are not many chances to fail.
 */
export function comparisonChecks(plan: CheckPlan, pairs: readonly MeasuredPair[]): Check[] {
  const compared = endpointsOf(plan, pairs);
  const judged = compared.filter((each) => unjudged(each, pairs) === undefined);
  const endpoints = Math.max(1, judged.length);
  return compared.flatMap((each) => [
    slowdownCheck(each, pairs, endpoints),
    errorCheck(each, pairs, endpoints),
  ]);
}

function confidenceOfOne(ofAll: number, endpoints: number): number {
  return 1 - (1 - ofAll) / endpoints;
}

function endpointsOf(plan: CheckPlan, pairs: readonly MeasuredPair[]): Compared[] {
  const compared = new Map<string, Compared>();
  for (const [scope, limits] of limitsByScope(plan, EACH)) {
    if (scope !== EACH && scope !== ALL) {
      compared.set(scope, { endpoint: scope, limits, isNamed: true });
      continue;
    }
    for (const endpoint of allNames(pairs)) {
      if (!compared.has(endpoint)) compared.set(endpoint, { endpoint, limits, isNamed: false });
    }
  }
  return [...compared.values()];
}

function allNames(pairs: readonly MeasuredPair[]): string[] {
  const names = pairs.flatMap(({ baseline, current }) => [
    ...baseline.endpoints.keys(),
    ...current.endpoints.keys(),
  ]);
  return [...new Set(names)].sort();
}

/** @returns undefined where there is enough to judge by */
function unjudged(
  { endpoint, limits, isNamed }: Compared,
  pairs: readonly MeasuredPair[],
): Unjudged | undefined {
  const needed = limits.min_requests ?? DEFAULT_MIN_REQUESTS;
  const [before, now] = requestsOf(endpoint, pairs);
  if (before >= needed && now >= needed) return undefined;
  const reason = `${before} requests in the baseline and ${now} now, of at least ${needed} each`;
  // One that is gone may be one that is broken; one that is new has nothing to be compared with.
  const isAsked = isNamed || before >= needed;
  return { verdict: isAsked ? 'cannot_tell' : 'skipped', reason };
}

/**
 * The fast requests show what the code itself takes, with so little noise that they decide. But something may be slower
 * that they never meet: so the typical requests fail a build too where it is certain, and keep it from passing where they
 * seem to be past the limit.
 */
function slowdownCheck(compared: Compared, pairs: readonly MeasuredPair[], endpoints: number): Check {
  const limit = compared.limits.max_slowdown ?? DEFAULT_MAX_SLOWDOWN_PERCENT;
  const same = sameOf('max_slowdown', compared, pairs, limit);
  const none = unjudged(compared, pairs);
  if (none !== undefined) return { ...same, ...none };
  const runs = pairs.map(({ baseline, current }) => ({
    baseline: at(baseline, compared.endpoint),
    current: at(current, compared.endpoint),
  }));
  const fast = slowdownOf(runs, FAST, confidenceOfOne(CONFIDENCE, endpoints));
  const typical = slowdownOf(runs, TYPICAL, confidenceOfOne(TYPICAL_CONFIDENCE, endpoints));
  if (fast === undefined || typical === undefined) {
    return { ...same, verdict: 'cannot_tell', reason: 'a run has too few slices with enough requests' };
  }
  const ofFast = verdictOf(...fast.interval, limit);
  const ofTypical = typical.value <= limit ? 'pass' : verdictOf(...typical.interval, limit);
  const decidesTypical =
    ofFast !== 'fail' && (ofTypical === 'fail' || ofFast === 'pass') && ofTypical !== 'pass';
  return decidesTypical
    ? { ...same, ...typical, verdict: ofTypical, reason: 'of the typical requests' }
    : { ...same, ...fast, verdict: ofFast };
}

/** In percent. */
function slowdownOf(
  runs: readonly RunPair[],
  part: Part,
  confidence: number,
): { value: number; interval: [low: number, high: number]; confidence: number } | undefined {
  const found = slowdown(runs, part, confidence);
  const percent = (factor: number) => (factor - 1) * 100;
  return (
    found && {
      value: percent(found.factor),
      interval: [percent(found.low), percent(found.high)],
      confidence,
    }
  );
}

/**
 * Few requests can't prove that errors are rare, so that an increase within the limit passes whatever the interval; one
 * that is past it fails only where it is proven.
 */
function errorCheck(compared: Compared, pairs: readonly MeasuredPair[], endpoints: number): Check {
  const limit = compared.limits.max_error_increase ?? DEFAULT_MAX_ERROR_INCREASE_PERCENT;
  const same = sameOf('max_error_increase', compared, pairs, limit);
  const none = unjudged(compared, pairs);
  if (none !== undefined) return { ...same, ...none };
  const [baseline, current] = [
    pairs.flatMap((pair) => at(pair.baseline, compared.endpoint)),
    pairs.flatMap((pair) => at(pair.current, compared.endpoint)),
  ];
  const confidence = confidenceOfOne(CONFIDENCE, endpoints);
  const found = errorIncrease(baseline, current, confidence);
  if (found === undefined) return same;
  const [value, low, high] = [found.share * 100, found.low * 100, found.high * 100];
  const verdict = value <= limit ? 'pass' : verdictOf(low, high, limit);
  return { ...same, value, interval: [low, high], confidence, verdict };
}

function verdictOf(low: number, high: number, limit: number): Verdict {
  if (low > limit) return 'fail';
  return high <= limit ? 'pass' : 'cannot_tell';
}

function sameOf(
  check: Check['check'],
  { endpoint }: Compared,
  pairs: readonly MeasuredPair[],
  limit: number,
): Check {
  const [baselineRequests, requests] = requestsOf(endpoint, pairs);
  const unknown = {
    value: null,
    interval: null,
    confidence: null,
    reason: '',
    verdict: 'cannot_tell',
  } as const;
  return { endpoint, check, limit, requests, baselineRequests, ...unknown };
}

function requestsOf(endpoint: string, pairs: readonly MeasuredPair[]): [before: number, now: number] {
  const sum = (side: keyof MeasuredPair) =>
    pairs.reduce((requests, pair) => requests + requestCount(at(pair[side], endpoint)), 0);
  return [sum('baseline'), sum('current')];
}

function at({ endpoints }: MeasuredRun, endpoint: string): Run {
  return endpoints.get(endpoint) ?? [];
}
