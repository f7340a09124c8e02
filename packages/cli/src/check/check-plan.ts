import { usageError } from '../command-error.ts';
import { quoted } from '../shown.ts';

/** The limits that hold for an endpoint. Times are seconds, shares are percent; what is not there is not checked. */
export interface Limits {
  max_p95?: number;
  max_p99?: number;
  max_avg?: number;
  max_error_rate?: number;
  /** By how many percent the typical time may be longer than the baseline's. */
  max_slowdown?: number;
  /** By how many percentage points the error rate may be above the baseline's. */
  max_error_increase?: number;
  /** With fewer completed requests nothing can be told. */
  min_requests?: number;
}

/** `all` endpoints together, `each` of those that were called often enough, or one of them: `METHOD route`. */
export type Scope = string;
export const ALL = 'all';
export const EACH = 'each';

/** What is to be checked. */
export interface CheckPlan {
  /** For every scope, where its own do not say otherwise. */
  common: Limits;
  /** In the order they were named; none where none was. */
  scopes: ReadonlyMap<Scope, Limits>;
}

/** Of what is compared with a baseline where nothing is said of it. */
export const DEFAULT_MAX_SLOWDOWN_PERCENT = 5;
export const DEFAULT_MAX_ERROR_INCREASE_PERCENT = 1;
export const DEFAULT_MIN_REQUESTS = 20;

/** What says something of a comparison alone. */
const COMPARED = ['max_slowdown', 'max_error_increase'] as const;

export const THRESHOLDS = ['max_avg', 'max_p95', 'max_p99', 'max_error_rate'] as const;

/** @returns the limits of each scope, in order; `unnamed` where none was named */
export function limitsByScope({ common, scopes }: CheckPlan, unnamed: Scope): [Scope, Limits][] {
  if (scopes.size === 0) return [[unnamed, common]];
  return [...scopes].map(([scope, own]) => [scope, { ...common, ...own }]);
}

/**
 * What is asked for must be checked, or nobody learns that it was not.
 * @throws `CommandError` of usage, where nothing is compared and a limit is of a comparison, or an endpoint has none
 */
export function requireLimits(plan: CheckPlan): void {
  const all = [plan.common, ...plan.scopes.values()];
  const compared = COMPARED.find((name) => all.some((limits) => name in limits));
  if (compared !== undefined) {
    const flag = `--${compared.replaceAll('_', '-')}`;
    throw usageError(`${flag} is of a comparison: expected --baseline or --baseline-url too`);
  }
  const such = 'a limit such as --max-p95 300ms, or a --baseline';
  if (!hasThreshold(plan)) throw usageError(`nothing to check: give ${such}`);
  for (const [scope, limits] of limitsByScope(plan, ALL)) {
    if (THRESHOLDS.every((name) => !(name in limits)))
      throw usageError(`--endpoint ${quoted(scope)} is given no limit: give ${such}`);
  }
}

export function hasThreshold({ common, scopes }: CheckPlan): boolean {
  return [common, ...scopes.values()].some((limits) => THRESHOLDS.some((name) => name in limits));
}
