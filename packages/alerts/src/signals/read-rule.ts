import type { AlertPast, Reading } from '../reading.ts';
import type { Rule } from '../rule.ts';
import { readBurnRate } from './burn-rate.ts';
import { readDegradation } from './degradation.ts';
import { readErrorRate } from './error-rate.ts';
import { readLatency } from './latency.ts';
import { readResource } from './resource.ts';
import { readSlowRequests } from './slow-request.ts';

/**
 * What a rule finds at a moment, of each subject that has enough requests. Rejects as the past does.
 *
 * @param past a `PastMemo`, where more rules than one are read
 */
export function readRule(rule: Rule, past: AlertPast, nowMs: number): Promise<Reading[]> {
  switch (rule.kind) {
    case 'slow-request':
      return readSlowRequests(rule, past, nowMs);
    case 'error-rate':
      return readErrorRate(rule, past, nowMs);
    case 'latency':
      return readLatency(rule, past, nowMs);
    case 'burn-rate':
      return readBurnRate(rule, past, nowMs);
    case 'degradation':
      return readDegradation(rule, past, nowMs);
    default:
      return readResource(rule, past, nowMs);
  }
}
