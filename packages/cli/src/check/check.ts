/** `cannot_tell` is an answer: what was measured proves neither. `skipped` was not asked for by name, and counts for nothing. */
export type Verdict = 'pass' | 'fail' | 'cannot_tell' | 'skipped';

export type CheckName =
  | 'max_p95'
  | 'max_p99'
  | 'max_avg'
  | 'max_error_rate'
  | 'max_slowdown'
  | 'max_error_increase';

/** One limit held against what was measured at one endpoint. */
export interface Check {
  /** `METHOD route`; null for all endpoints together. */
  endpoint: string | null;
  check: CheckName;
  verdict: Verdict;
  /** Seconds of a time, else percent; null where it is unknown. */
  value: number | null;
  /** The confidence interval of the value, in its unit; null where there is none. */
  interval: readonly [low: number, high: number] | null;
  /** How often such an interval holds the truth, 0 to 1: the more, the more endpoints are compared; null where there is none. */
  confidence: number | null;
  /** In the unit of the value. */
  limit: number;
  /** Completed requests. */
  requests: number;
  /** Null where nothing is compared. */
  baselineRequests: number | null;
  /** Why it can't be told, or was skipped; empty where the figures say it. */
  reason: string;
}

/** Of all checks together. Where nothing was judged, nothing is known. */
export function overallVerdict(checks: readonly Pick<Check, 'verdict'>[]): Exclude<Verdict, 'skipped'> {
  const verdicts = new Set(checks.map(({ verdict }) => verdict));
  if (verdicts.has('fail')) return 'fail';
  return verdicts.has('cannot_tell') || !verdicts.has('pass') ? 'cannot_tell' : 'pass';
}
