import { errorCount, mergedBuckets, quantileMs, type Run, requestCount } from '@tacho/core';
import type { Check } from './check.ts';
import {
  ALL,
  type CheckPlan,
  DEFAULT_MIN_REQUESTS,
  EACH,
  type Limits,
  limitsByScope,
  THRESHOLDS,
} from './check-plan.ts';
import type { MeasuredRun } from './measured-run.ts';

type Threshold = (typeof THRESHOLDS)[number];

/** A percentile above which less than one request is to be expected says nothing. */
const REQUESTS_NEEDED: Readonly<Record<Threshold, number>> = {
  max_avg: 1,
  max_p95: 20,
  max_p99: 100,
  max_error_rate: 1,
};

const FIGURES: Readonly<Record<Threshold, (run: Run) => number>> = {
  max_avg: (run) => run.reduce((sum, { sumMs }) => sum + sumMs, 0) / requestCount(run) / 1000,
  max_p95: (run) => quantileMs(mergedBuckets(run), 0.95) / 1000,
  max_p99: (run) => quantileMs(mergedBuckets(run), 0.99) / 1000,
  max_error_rate: (run) => (100 * errorCount(run)) / requestCount(run),
};

/** What was measured in all runs together, held against fixed limits. One that is named has limits of its own, not those of each. */
export function thresholdChecks(plan: CheckPlan, runs: readonly MeasuredRun[]): Check[] {
  return limitsByScope(plan, ALL).flatMap(([scope, limits]) => {
    if (scope === ALL)
      return checksOf(
        null,
        runs.flatMap(({ all }) => all),
        limits,
        true,
      );
    if (scope !== EACH) return checksOf(scope, runOf(runs, scope), limits, true);
    const names = new Set(runs.flatMap(({ endpoints }) => [...endpoints.keys()]));
    const others = [...names].filter((name) => !plan.scopes.has(name));
    return others.sort().flatMap((name) => checksOf(name, runOf(runs, name), limits, false));
  });
}

/** The slices of an endpoint in all runs. */
export function runOf(runs: readonly MeasuredRun[], endpoint: string): Run {
  return runs.flatMap(({ endpoints }) => endpoints.get(endpoint) ?? []);
}

function checksOf(endpoint: string | null, run: Run, limits: Limits, isNamed: boolean): Check[] {
  return THRESHOLDS.flatMap((check) => {
    const limit = limits[check];
    return limit === undefined ? [] : checkOf(endpoint, check, run, limit, limits, isNamed);
  });
}

function checkOf(
  endpoint: string | null,
  check: Threshold,
  run: Run,
  limit: number,
  { min_requests = DEFAULT_MIN_REQUESTS }: Limits,
  isNamed: boolean,
): Check {
  const requests = requestCount(run);
  const needed = Math.max(min_requests, REQUESTS_NEEDED[check]);
  const same = { endpoint, check, interval: null, confidence: null, limit, requests, baselineRequests: null };
  if (requests < needed) {
    const reason = `${requests} of at least ${needed} requests`;
    return { ...same, verdict: isNamed ? 'cannot_tell' : 'skipped', value: null, reason };
  }
  const value = roundedToNs(FIGURES[check](run));
  return { ...same, verdict: value <= limit ? 'pass' : 'fail', value, reason: '' };
}

/** Sums of binary fractions are off by less; a limit must not be missed by that. */
function roundedToNs(value: number): number {
  return Number(value.toFixed(9));
}
