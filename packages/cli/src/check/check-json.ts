import { type Check, overallVerdict } from './check.ts';

/** The outcome for programs: times are seconds, shares and changes percent. */
export function checkJson(checks: readonly Check[]): object {
  return {
    verdict: overallVerdict(checks),
    checks: checks.map(({ baselineRequests, ...check }) => ({
      ...check,
      baseline_requests: baselineRequests,
    })),
  };
}
