import { type Check, overallVerdict } from './check.ts';
import { CONFIDENCE } from './comparisons.ts';

/**
 * The outcome for programs: times are seconds, shares and changes percent. An interval of a comparison holds the truth
 * with `confidence`, all of them together.
 */
export function checkJson(checks: readonly Check[]): object {
  return {
    verdict: overallVerdict(checks),
    confidence: CONFIDENCE,
    checks: checks.map(({ baselineRequests, ...check }) => ({
      ...check,
      baseline_requests: baselineRequests,
    })),
  };
}
