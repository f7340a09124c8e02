import type { Rule } from '@tacho/alerts';
import type { AlertRule } from '@tacho/api-contract';
import { seconds } from '@tacho/core';

type OfKind = Omit<AlertRule, 'name' | 'severity' | 'hold' | 'keep_firing' | 'min_requests'>;

/** What a kind of rule has not is null. */
export function ruleReport(rule: Rule): AlertRule {
  const { name, severity, holdMs, keepFiringMs, minRequests } = rule;
  return {
    name,
    severity,
    hold: seconds(holdMs),
    keep_firing: seconds(keepFiringMs),
    min_requests: minRequests,
    ...ofKind(rule),
  };
}

function ofKind(rule: Rule): OfKind {
  const { kind } = rule;
  const none = {
    kind,
    percentile: null,
    errors: null,
    objective: null,
    within: null,
    short_window: null,
    window: seconds(rule.kind === 'burn-rate' ? rule.longMs : rule.windowMs),
    endpoint: 'scope' in rule ? rule.scope : null,
  };
  switch (rule.kind) {
    case 'slow-request':
      return { ...none, threshold: seconds(rule.overMs), unit: 's' };
    case 'latency':
      return { ...none, threshold: seconds(rule.overMs), unit: 's', percentile: rule.percentile };
    case 'error-rate':
      return { ...none, threshold: rule.overPercent, unit: 'percent', errors: rule.errors };
    case 'degradation':
      return { ...none, threshold: null, unit: 'times' };
    case 'burn-rate':
      return {
        ...none,
        threshold: rule.factor,
        unit: 'times',
        objective: rule.objectivePercent,
        within: rule.withinMs === undefined ? null : seconds(rule.withinMs),
        short_window: seconds(rule.shortMs),
      };
    default:
      return { ...none, threshold: rule.overPercent, unit: 'percent' };
  }
}
