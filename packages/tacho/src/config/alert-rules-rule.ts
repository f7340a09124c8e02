import { type GivenRules, parseDuration, type RuleOptions, type SloOptions } from '@tacho/alerts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import { fields } from './fields-rule.ts';
import { elementsOf } from './list-rule.ts';
import {
  numberFrom,
  oneOf,
  type Rule,
  refuse,
  textRule,
  type ValueRule,
  valueRule,
  wholeNumber,
} from './rule.ts';

export const MAX_GIVEN_RULES = 100;
const MAX_SLOS = 20;

const NAME = textRule('1 to 48 small letters, digits and hyphens, the first one a letter', (text) =>
  /^[a-z][a-z0-9-]{0,47}$/.test(text),
);

const ENDPOINT = textRule('"all", "each", or one endpoint such as "GET /orders/:id"', (text) =>
  /^(?:all|each|[A-Z][A-Z-]{0,31} [^\p{Cc}]{1,1024})$/u.test(text),
);

const HOLD = durationRule('0s', 0, '1d', DAY_MS);

const THRESHOLD: ValueRule<string | number> = valueRule(
  'a duration such as "300ms" or "5s", at most "1h"; or a percentage from 0 to 100',
  (value): value is string | number =>
    typeof value === 'number' ? value >= 0 && value <= 100 : isDuration(value, 1, HOUR_MS),
);

const FLAG = valueRule('true or false', (value) => typeof value === 'boolean');

const RULE = required(
  'name',
  NAME.allowed,
  fields<RuleOptions>('an object with name, and perhaps kind, endpoint, threshold, window and others', {
    name: NAME,
    kind: oneOf('slow-request', 'error-rate', 'latency', 'cpu', 'memory', 'disk', 'degradation'),
    endpoint: ENDPOINT,
    threshold: THRESHOLD,
    percentile: valueRule(
      'a number above 0, up to 100',
      (value): value is number => typeof value === 'number' && value > 0 && value <= 100,
    ),
    errors: oneOf('all', 'server'),
    window: durationRule('1m', MINUTE_MS, '1d', DAY_MS),
    hold: HOLD,
    keepFiring: HOLD,
    minRequests: wholeNumber(1, 1_000_000),
    severity: oneOf('warning', 'critical'),
    enabled: FLAG,
  }),
);

const OBJECTIVE = numberFrom(50, 99.999);

const SLO = required(
  'objective',
  OBJECTIVE.allowed,
  fields<SloOptions>('an object with objective, and perhaps name, endpoint, within', {
    name: NAME,
    endpoint: ENDPOINT,
    objective: OBJECTIVE,
    within: durationRule('1ms', 1, '1h', HOUR_MS),
  }),
);

/** The fields of `alerts` that a file of rules may have, too. */
export const GIVEN_RULES = {
  rules: elementsOf(RULE, MAX_GIVEN_RULES, `an array of at most ${MAX_GIVEN_RULES} rules`),
  slos: elementsOf(SLO, MAX_SLOS, `an array of at most ${MAX_SLOS} objectives`),
};

/** What a file of rules is. */
export const RULES_OF_FILE = fields<GivenRules>('an object with rules, slos or both', GIVEN_RULES);

function durationRule(least: string, leastMs: number, most: string, mostMs: number): ValueRule<string> {
  return valueRule(
    `a duration such as "90s", "5m" or "2h", at least "${least}" and at most "${most}"`,
    (value): value is string => isDuration(value, leastMs, mostMs),
  );
}

function isDuration(value: unknown, leastMs: number, mostMs: number): value is string {
  const ms = typeof value === 'string' ? parseDuration(value) : undefined;
  return ms !== undefined && ms >= leastMs && ms <= mostMs;
}

/** The rule, for objects in which a field is not missing. */
function required<T extends object>(name: keyof T & string, allowed: string, rule: Rule<T>): Rule<T> {
  return {
    ...rule,
    read(value, at) {
      const before = at.problems.length;
      const given = rule.read(value, at);
      if (given === undefined || at.problems.length > before) return undefined;
      if (given[name] !== undefined) return given;
      return refuse(undefined, allowed, { ...at, path: `${at.path}.${name}` });
    },
  };
}
