import { DEFAULT_HEALTH_THRESHOLDS } from '@tacho/core';
import type { Rule, RuleKind } from '../rule.ts';
import { burnRateRules, defaultRules, LATENCY_RULE } from './default-rules.ts';
import { parseDuration } from './durations.ts';
import type { RuleOptions, SloOptions } from './rule-options.ts';

/** Rules and objectives from one place, each field of them as `RuleOptions` and `SloOptions` say. */
export interface GivenRules {
  readonly rules?: readonly RuleOptions[] | undefined;
  readonly slos?: readonly SloOptions[] | undefined;
}

/** What is wrong with what is given. */
export interface RuleProblem {
  /** `rules[1].percentile` */
  readonly path: string;
  readonly value: unknown;
  /** Completes "allowed: …". */
  readonly allowed: string;
}

export interface CompleteRules {
  readonly rules: readonly Rule[];
  readonly problems: readonly RuleProblem[];
}

/** With what `defaultRules` and objectives are made into. Each costs reading and room at every evaluation. */
export const MAX_RULES = 100;

const OTHER_NAME = 'a name that none before it has';

/**
 * The rules there are, once what is given is added to those there were. What is wrong is left out and told.
 * @param base as it is before: the default rules, or what another place has made of them
 */
export function completeRules(base: readonly Rule[], { rules = [], slos = [] }: GivenRules): CompleteRules {
  const known = new Map(base.map((rule) => [rule.name, rule]));
  const problems: RuleProblem[] = [];
  const objectives = new Set<string>();
  for (const [index, slo] of slos.entries()) {
    const name = slo.name ?? (index === 0 ? 'slo' : `slo-${index + 1}`);
    if (objectives.has(name))
      problems.push({ path: `slos[${index}].name`, value: slo.name, allowed: OTHER_NAME });
    objectives.add(name);
    for (const rule of burnRateRules({ ...slo, name })) known.set(rule.name, rule);
  }
  const seen = new Set<string>();
  for (const [index, options] of rules.entries()) {
    const path = `rules[${index}]`;
    const refuse: Refuse = (field, allowed) =>
      problems.push({ path: `${path}.${field}`, value: options[field], allowed });
    if (seen.has(options.name)) refuse('name', OTHER_NAME);
    seen.add(options.name);
    const rule = completed(options, [...known.values()], refuse);
    if (rule !== undefined) known.set(rule.name, rule);
    if (options.enabled === false) known.delete(options.name);
  }
  if (known.size > MAX_RULES)
    problems.push({ path: 'rules', value: rules, allowed: `at most ${MAX_RULES} rules in all` });
  return { rules: [...known.values()], problems };
}

type Refuse = (field: keyof RuleOptions, allowed: string) => void;

/** The fields that a kind has, beside those of every kind. */
const FIELDS: Readonly<Record<RuleKind, readonly (keyof RuleOptions)[]>> = {
  'slow-request': ['endpoint', 'threshold', 'window', 'minRequests'],
  'error-rate': ['endpoint', 'threshold', 'errors', 'window', 'minRequests'],
  latency: ['endpoint', 'threshold', 'percentile', 'window', 'minRequests'],
  cpu: ['threshold', 'window'],
  memory: ['threshold', 'window'],
  disk: ['threshold', 'window'],
  degradation: ['endpoint', 'window', 'minRequests'],
  'burn-rate': ['minRequests'],
};
const FIELDS_OF_ALL: readonly (keyof RuleOptions)[] = [
  'name',
  'kind',
  'hold',
  'keepFiring',
  'severity',
  'enabled',
];

function completed(options: RuleOptions, known: readonly Rule[], refuse: Refuse): Rule | undefined {
  const base = baseOf(options, known, refuse);
  if (base === undefined) return undefined;
  const own = [...FIELDS_OF_ALL, ...FIELDS[base.kind]];
  const foreign = (Object.keys(options) as (keyof RuleOptions)[]).filter(
    (field) => options[field] !== undefined && !own.includes(field),
  );
  for (const field of foreign)
    refuse(field, `nothing, as a rule of the kind "${base.kind}" has none; it has ${own.join(', ')}`);
  if (foreign.length > 0) return undefined;
  const holdMs = msOf(options.hold) ?? base.holdMs;
  const keepFiringMs = msOf(options.keepFiring) ?? base.keepFiringMs;
  const minRequests = options.minRequests ?? base.minRequests;
  const severity = options.severity ?? base.severity;
  return withFields({ ...base, holdMs, keepFiringMs, minRequests, severity }, options, refuse);
}

/** The rule of that name, or else one of that kind. */
function baseOf(
  { name, kind, threshold }: RuleOptions,
  known: readonly Rule[],
  refuse: Refuse,
): Rule | undefined {
  const named = known.find((rule) => rule.name === name);
  if (named !== undefined) {
    if (kind === undefined || kind === named.kind) return named;
    refuse('kind', `"${named.kind}", which the rule "${name}" is, or another name`);
    return undefined;
  }
  const names = known.map((rule) => `"${rule.name}"`).join(', ');
  if (kind === undefined) {
    refuse(
      'kind',
      `one of ${Object.keys(FIELDS).slice(0, -1).join(', ')}; or a name that there is: ${names}`,
    );
    return undefined;
  }
  if (kind !== 'latency') {
    const same = defaultRules(DEFAULT_HEALTH_THRESHOLDS).find((rule) => rule.kind === kind);
    return same === undefined ? undefined : { ...same, name };
  }
  if (threshold !== undefined) return { ...LATENCY_RULE, name, overMs: 0 };
  refuse('threshold', 'a duration such as "300ms", as a rule of the kind "latency" has no other');
  return undefined;
}

function withFields(rule: Rule, options: RuleOptions, refuse: Refuse): Rule | undefined {
  if (rule.kind === 'burn-rate') return rule;
  const windowMs = msOf(options.window) ?? rule.windowMs;
  switch (rule.kind) {
    case 'slow-request':
    case 'latency': {
      const overMs = timeOf(options, rule.overMs, refuse);
      if (overMs === undefined) return undefined;
      const scope = options.endpoint ?? rule.scope;
      return rule.kind === 'latency'
        ? { ...rule, windowMs, overMs, scope, percentile: options.percentile ?? rule.percentile }
        : { ...rule, windowMs, overMs, scope };
    }
    case 'degradation':
      return { ...rule, windowMs, scope: options.endpoint ?? rule.scope };
    default: {
      const overPercent = percentOf(options, rule.overPercent, refuse);
      if (overPercent === undefined) return undefined;
      if (rule.kind !== 'error-rate') return { ...rule, windowMs, overPercent };
      const { endpoint: scope = rule.scope, errors = rule.errors } = options;
      return { ...rule, windowMs, overPercent, scope, errors };
    }
  }
}

function timeOf({ threshold }: RuleOptions, otherwiseMs: number, refuse: Refuse): number | undefined {
  if (threshold === undefined) return otherwiseMs;
  if (typeof threshold === 'string') return parseDuration(threshold);
  refuse('threshold', 'a duration such as "300ms" or "5s"');
  return undefined;
}

function percentOf({ threshold }: RuleOptions, otherwise: number, refuse: Refuse): number | undefined {
  if (threshold === undefined) return otherwise;
  if (typeof threshold === 'number') return threshold;
  refuse('threshold', 'a number from 0 to 100: a percentage');
  return undefined;
}

function msOf(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : parseDuration(duration);
}
