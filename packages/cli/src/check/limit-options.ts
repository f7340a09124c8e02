import { type Command, Option } from 'commander';
import { usageError } from '../command-error.ts';
import { wholeNumber } from '../numbers.ts';
import { quoted } from '../shown.ts';
import { ALL, type CheckPlan, EACH, type Limits, type Scope } from './check-plan.ts';

const MAX_REQUESTS = 1_000_000_000;
const MAX_SCOPES = 1000;

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m)$/;
const SECONDS_IN = { ms: 0.001, s: 1, m: 60 } as const;
const PERCENT = /^(\d+(?:\.\d+)?)%?$/;
const ENDPOINT = /^[^\s]+ .+$/s;

/**
 * Adds the options that say what is to be checked. They are read in their order: limits before the first `--endpoint`
 * are for all that are named, those after one are for that one.
 * @returns what they came to, once the command line was read
 */
export function limitOptions(command: Command): () => CheckPlan {
  const common: Limits = {};
  const scopes = new Map<Scope, Limits>();
  let current = common;

  const name = (scope: string): void => {
    if (scope !== ALL && scope !== EACH && !ENDPOINT.test(scope)) {
      throw usageError(`--endpoint ${quoted(scope)}: expected "METHOD route", ${ALL} or ${EACH}`);
    }
    if (scopes.has(scope)) throw usageError(`--endpoint ${quoted(scope)} is named twice`);
    if (scopes.size >= MAX_SCOPES) throw usageError(`--endpoint: expected at most ${MAX_SCOPES}`);
    current = {};
    scopes.set(scope, current);
  };
  const limit = (flag: string, value: string, meaning: string, key: keyof Limits, read: Reader) => {
    const parse = (text: string): void => {
      if (key in current) throw usageError(`--${flag} is given twice for the same endpoint`);
      current[key] = read(`--${flag}`, text);
    };
    command.addOption(new Option(`--${flag} <${value}>`, meaning).argParser(parse));
  };

  command.addOption(
    new Option(
      '--endpoint <name>',
      'what the limits after it hold for: "METHOD route", all or each; repeatable',
    ).argParser(name),
  );
  limit('max-p95', 'time', '95 % of requests take no longer, such as 300ms or 1.5s', 'max_p95', seconds);
  limit('max-p99', 'time', '99 % of requests take no longer', 'max_p99', seconds);
  limit('max-avg', 'time', 'requests take no longer in the mean', 'max_avg', seconds);
  limit(
    'max-error-rate',
    'percent',
    'requests with status 400 or above, such as 1%',
    'max_error_rate',
    share,
  );
  limit('max-slowdown', 'percent', 'how much slower than the baseline; else 5%', 'max_slowdown', percent);
  limit(
    'max-error-increase',
    'points',
    'percentage points of errors more than in the baseline; else 1%',
    'max_error_increase',
    share,
  );
  limit('min-requests', 'count', 'with fewer nothing is told; else 20', 'min_requests', requests);
  return () => ({ common, scopes });
}

type Reader = (option: string, text: string) => number;

const seconds: Reader = (option, text) => {
  const [, number, unit] = DURATION.exec(text) ?? [];
  // To the nanosecond, as what is measured is: 300ms is 0.3.
  const value = Number((Number(number) * SECONDS_IN[(unit ?? 's') as keyof typeof SECONDS_IN]).toFixed(9));
  if (value > 0 && Number.isFinite(value)) return value;
  throw usageError(`${option} ${quoted(text)}: expected a time such as 300ms, 1.5s or 2m`);
};

const percent: Reader = (option, text) => {
  const value = Number(PERCENT.exec(text)?.[1]);
  if (Number.isFinite(value)) return value;
  throw usageError(`${option} ${quoted(text)}: expected a percentage such as 5%`);
};

const share: Reader = (option, text) => {
  const value = percent(option, text);
  if (value <= 100) return value;
  throw usageError(`${option} ${quoted(text)}: expected a percentage from 0% to 100%`);
};

const requests: Reader = (option, text) => {
  const value = wholeNumber(text, 1, MAX_REQUESTS);
  if (value !== undefined) return value;
  throw usageError(`${option} ${quoted(text)}: expected a whole number from 1 to ${MAX_REQUESTS}`);
};
