import { describe, expect, it } from '@jest/globals';
import { DEFAULT_HEALTH_THRESHOLDS, MINUTE_MS } from '@tacho/core';
import type { Rule } from '../../src/rule.ts';
import { completeRules, type GivenRules, MAX_RULES } from '../../src/rules/complete-rules.ts';
import { defaultRules } from '../../src/rules/default-rules.ts';
import { parseDuration } from '../../src/rules/durations.ts';
import type { RuleOptions } from '../../src/rules/rule-options.ts';

const DEFAULTS = defaultRules(DEFAULT_HEALTH_THRESHOLDS);

function ruleNamed(name: string, given: GivenRules): Rule | undefined {
  const { rules, problems } = completeRules(DEFAULTS, given);
  expect(problems).toEqual([]);
  return rules.find((rule) => rule.name === name);
}

function problemWith(...rules: RuleOptions[]) {
  const { problems } = completeRules(DEFAULTS, { rules });
  expect(problems).toHaveLength(1);
  return problems[0];
}

describe('the default rules', () => {
  it('are those of the guide', () => {
    expect(DEFAULTS).toMatchObject([
      { name: 'slow-requests', scope: 'each', overMs: 5000, windowMs: 300_000, minRequests: 1, holdMs: 0 },
      { name: 'error-rate', scope: 'all', errors: 'all', overPercent: 10, minRequests: 20 },
      { name: 'endpoint-errors', scope: 'each', errors: 'server', overPercent: 10, minRequests: 20 },
      { name: 'cpu', overPercent: 90, windowMs: 300_000, severity: 'critical' },
      { name: 'memory', overPercent: 90, windowMs: 300_000, severity: 'critical' },
      { name: 'disk', overPercent: 95, windowMs: 60_000, severity: 'critical' },
      { name: 'degradation', scope: 'each', windowMs: 600_000, severity: 'warning' },
    ]);
    expect(new Set(DEFAULTS.map(({ keepFiringMs }) => keepFiringMs))).toEqual(new Set([10 * MINUTE_MS]));
  });

  it('follow the thresholds of the host', () => {
    const thresholds = {
      ...DEFAULT_HEALTH_THRESHOLDS,
      cpuCritical: 50,
      diskCritical: 60,
      memoryCritical: 70,
    };
    const percentages = defaultRules(thresholds).map(
      (rule) => 'scope' in rule || [rule.name, rule.overPercent],
    );
    expect(percentages.filter(Array.isArray)).toEqual([
      ['cpu', 50],
      ['memory', 70],
      ['disk', 60],
    ]);
  });
});

describe('a rule that is given', () => {
  it('by the name of one there is changes what it says, and leaves the rest', () => {
    const before = DEFAULTS.find(({ name }) => name === 'error-rate');
    const rules: RuleOptions[] = [{ name: 'error-rate', threshold: 2.5, hold: '5m', errors: 'server' }];
    expect(ruleNamed('error-rate', { rules })).toEqual({
      ...before,
      overPercent: 2.5,
      holdMs: 5 * MINUTE_MS,
      errors: 'server',
    });
    expect(completeRules(DEFAULTS, { rules }).rules).toHaveLength(DEFAULTS.length);
  });

  it('can switch one off, and be none', () => {
    const { rules } = completeRules(DEFAULTS, {
      rules: DEFAULTS.map(({ name }) => ({ name, enabled: false })),
    });
    expect(rules).toEqual([]);
    expect(ruleNamed('late', { rules: [{ name: 'late', kind: 'cpu', enabled: false }] })).toBeUndefined();
  });

  it('by a name of its own is another', () => {
    const rules: RuleOptions[] = [
      { name: 'checkout', kind: 'latency', endpoint: 'POST /checkout', threshold: '300ms', percentile: 99 },
    ];
    expect(ruleNamed('checkout', { rules })).toEqual({
      name: 'checkout',
      kind: 'latency',
      scope: 'POST /checkout',
      overMs: 300,
      percentile: 99,
      windowMs: 5 * MINUTE_MS,
      minRequests: 20,
      holdMs: MINUTE_MS,
      keepFiringMs: 10 * MINUTE_MS,
      severity: 'warning',
    });
  });

  it.each<[RuleOptions, string, unknown, string]>([
    [{ name: 'eror-rate', threshold: 5 }, 'kind', undefined, '"error-rate"'],
    [{ name: 'cpu', kind: 'disk' }, 'kind', 'disk', '"cpu", which the rule "cpu" is'],
    [{ name: 'cpu', endpoint: 'all' }, 'endpoint', 'all', 'a rule of the kind "cpu" has none'],
    [{ name: 'cpu', threshold: '5s' }, 'threshold', '5s', 'a percentage'],
    [{ name: 'slow-requests', threshold: 5 }, 'threshold', 5, 'a duration'],
    [{ name: 'degradation', threshold: 5 }, 'threshold', 5, 'a rule of the kind "degradation" has none'],
    [{ name: 'error-rate', percentile: 5 }, 'percentile', 5, 'it has name, kind, hold'],
    [{ name: 'fast', kind: 'latency' }, 'threshold', undefined, 'a duration'],
  ])('that can not be is told, with what it could: %j', (rule, field, value, allowed) => {
    expect(problemWith(rule)).toEqual({
      path: `rules[0].${field}`,
      value,
      allowed: expect.stringContaining(allowed),
    });
  });

  it('by the name of one before it is told', () => {
    expect(problemWith({ name: 'cpu' }, { name: 'cpu' })).toMatchObject({
      path: 'rules[1].name',
      value: 'cpu',
    });
  });

  it('is one of a hundred at most', () => {
    const rules = Array.from(
      { length: MAX_RULES },
      (_, index): RuleOptions => ({ name: `r${index}`, kind: 'cpu' }),
    );
    expect(problemWith(...rules)).toMatchObject({ path: 'rules', allowed: 'at most 100 rules in all' });
  });
});

describe('an objective', () => {
  it('becomes three rules, named after their windows', () => {
    const { rules } = completeRules([], { slos: [{ objective: 99.9, within: '300ms' }] });
    const shared = { kind: 'burn-rate', scope: 'all', objectivePercent: 99.9, withinMs: 300 };
    expect(rules).toMatchObject([
      { ...shared, name: 'slo-1h', factor: 14.4, longMs: 3_600_000, shortMs: 300_000, severity: 'critical' },
      { ...shared, name: 'slo-6h', factor: 6, longMs: 21_600_000, shortMs: 1_800_000, severity: 'critical' },
      { ...shared, name: 'slo-3d', factor: 1, longMs: 259_200_000, shortMs: 21_600_000, severity: 'warning' },
    ]);
  });

  it('has a name of its own among several, and its rules can be changed like any', () => {
    const { rules, problems } = completeRules([], {
      slos: [{ objective: 99 }, { objective: 99, endpoint: 'each' }, { objective: 99, name: 'pay' }],
      rules: [
        { name: 'slo-3d', enabled: false },
        { name: 'pay-3d', severity: 'critical' },
      ],
    });
    expect(problems).toEqual([]);
    expect(rules.map(({ name }) => name)).toEqual([
      'slo-1h',
      'slo-6h',
      'slo-2-1h',
      'slo-2-6h',
      'slo-2-3d',
      'pay-1h',
      'pay-6h',
      'pay-3d',
    ]);
    expect(rules.at(-1)).toMatchObject({ severity: 'critical', factor: 1 });
  });
});

describe('objectives of one name', () => {
  it('are told', () => {
    const { problems } = completeRules([], {
      slos: [
        { objective: 99, name: 'a' },
        { objective: 98, name: 'a' },
      ],
    });
    expect(problems).toMatchObject([{ path: 'slos[1].name', value: 'a' }]);
  });
});

describe('a duration', () => {
  it.each([
    ['0s', 0],
    ['500ms', 500],
    ['5s', 5000],
    ['2m', 120_000],
    ['6h', 21_600_000],
    ['3d', 259_200_000],
  ])('is a number and a unit: %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '5', 's', '5 s', '-5s', '1.5s', '5S', '5w', '1h30m', '5s ', '٥s', '9999999999s'])(
    'is nothing else: %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});
