import { DAY_MS, type HealthThresholds, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';
import type { BurnRateRule, LatencyRule, Rule } from '../rule.ts';
import { parseDuration } from './durations.ts';
import type { SloOptions } from './rule-options.ts';

const KEEP_FIRING_MS = 10 * MINUTE_MS;

/** What watches a service of which nobody has said more. */
export function defaultRules(thresholds: HealthThresholds): readonly Rule[] {
  const requests = { windowMs: 5 * MINUTE_MS, keepFiringMs: KEEP_FIRING_MS };
  const host = { severity: 'critical', holdMs: 0, keepFiringMs: KEEP_FIRING_MS, minRequests: 0 } as const;
  const { cpuCritical, memoryCritical, diskCritical } = thresholds;
  return [
    {
      ...requests,
      name: 'slow-requests',
      kind: 'slow-request',
      scope: 'each',
      overMs: 5 * SECOND_MS,
      minRequests: 1,
      holdMs: 0,
      severity: 'warning',
    },
    {
      ...requests,
      name: 'error-rate',
      kind: 'error-rate',
      scope: 'all',
      errors: 'all',
      overPercent: 10,
      minRequests: 20,
      // In a quiet night a few bots that look for what is not there are a tenth of all requests, for some minutes.
      holdMs: 5 * MINUTE_MS,
      severity: 'critical',
    },
    {
      ...requests,
      name: 'endpoint-errors',
      kind: 'error-rate',
      scope: 'each',
      errors: 'server',
      overPercent: 10,
      minRequests: 20,
      holdMs: MINUTE_MS,
      severity: 'critical',
    },
    { ...host, name: 'cpu', kind: 'cpu', windowMs: 5 * MINUTE_MS, overPercent: cpuCritical },
    { ...host, name: 'memory', kind: 'memory', windowMs: 5 * MINUTE_MS, overPercent: memoryCritical },
    { ...host, name: 'disk', kind: 'disk', windowMs: MINUTE_MS, overPercent: diskCritical },
    {
      ...requests,
      name: 'degradation',
      kind: 'degradation',
      scope: 'each',
      windowMs: 10 * MINUTE_MS,
      minRequests: 20,
      // After a deploy caches are cold for some minutes.
      holdMs: 5 * MINUTE_MS,
      severity: 'warning',
    },
  ];
}

/** What a rule about a percentile is where nothing else is said: it has no threshold that would fit every service. */
export const LATENCY_RULE: Omit<LatencyRule, 'name' | 'overMs'> = {
  kind: 'latency',
  scope: 'all',
  percentile: 95,
  windowMs: 5 * MINUTE_MS,
  minRequests: 20,
  holdMs: MINUTE_MS,
  keepFiringMs: KEEP_FIRING_MS,
  severity: 'warning',
};

/** How fast a budget of 30 days is spent, and how long the windows are that see it. */
const BURN_RATES = [
  { suffix: '1h', factor: 14.4, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS, severity: 'critical' },
  { suffix: '6h', factor: 6, longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS, severity: 'critical' },
  { suffix: '3d', factor: 1, longMs: 3 * DAY_MS, shortMs: 6 * HOUR_MS, severity: 'warning' },
] as const;

/** Fewer requests in the long window than this say little of a share of them. */
const MIN_SLO_REQUESTS = 20;

/**
 * The rules that watch an objective: the three of the workbook (see `BurnRateRule`), named after their long windows.
 * @param options checked, and with a name
 */
export function burnRateRules({ name, endpoint, objective, within }: SloOptions): readonly BurnRateRule[] {
  return BURN_RATES.map(({ suffix, ...rate }) => ({
    ...rate,
    name: `${name}-${suffix}`,
    kind: 'burn-rate',
    scope: endpoint ?? 'all',
    objectivePercent: objective,
    withinMs: within === undefined ? undefined : parseDuration(within),
    minRequests: MIN_SLO_REQUESTS,
    holdMs: 0,
    keepFiringMs: KEEP_FIRING_MS,
  }));
}
