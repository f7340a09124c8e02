import { count, duration } from '../figures.ts';
import { type Check, type CheckName, overallVerdict, type Verdict } from './check.ts';

/** Checks as people read them, without colour and without escapes. */

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  cannot_tell: 'cannot tell',
  skipped: 'skipped',
};

export const CHECK_WORDS: Readonly<Record<CheckName, string>> = {
  max_p95: 'p95',
  max_p99: 'p99',
  max_avg: 'average',
  max_error_rate: 'error rate',
  max_slowdown: 'slowdown',
  max_error_increase: 'error increase',
};

/** `GET /x`, or `all endpoints` */
export function endpointWords({ endpoint }: Check): string {
  return endpoint ?? 'all endpoints';
}

/** `at most 300 ms` */
export function limitWords(check: Check): string {
  return `at most ${quantity(check, check.limit)}`;
}

/** `+10.3% (+8.1% to +12.6%)`, or a dash */
export function valueWords(check: Check): string {
  if (check.value === null) return '–';
  const value = quantity(check, check.value);
  if (check.interval === null) return value;
  const [low, high] = check.interval;
  return `${value} (${quantity(check, low)} to ${quantity(check, high)})`;
}

/** The value, and what is to be said of it: `+10.3% (+8.1% to +12.6%), of the typical requests`; without a value, why. */
export function measuredWords(check: Check): string {
  if (check.reason === '') return valueWords(check);
  return check.value === null ? check.reason : `${valueWords(check)}, ${check.reason}`;
}

/** `1,250 requests`, `1,250 requests, 1,248 before` */
export function requestWords({ requests, baselineRequests }: Check): string {
  const now = `${count(requests)} ${requests === 1 ? 'request' : 'requests'}`;
  return baselineRequests === null ? now : `${now}, ${count(baselineRequests)} before`;
}

/** What is to be said of a check in one line, its endpoint and its verdict aside. */
export function checkWords(check: Check): string {
  const figures = check.value === null ? '' : ` ${valueWords(check)},`;
  const reason = check.reason === '' ? '' : `: ${check.reason}`;
  const requests = check.reason === '' ? ` · ${requestWords(check)}` : '';
  return `${CHECK_WORDS[check.check]}${figures} ${limitWords(check)}${requests}${reason}`;
}

/** `FAIL: 1 of 4 checks failed, 1 can't be told` */
export function overallWords(checks: readonly Check[]): string {
  const judged = checks.filter(({ verdict }) => verdict !== 'skipped');
  const number = (verdict: Verdict) => judged.filter((check) => check.verdict === verdict).length;
  const verdict = overallVerdict(checks);
  const word = VERDICT_WORDS[verdict];
  if (judged.length === 0) return `${word}: no endpoint had enough requests`;
  const all = `${count(judged.length)} ${judged.length === 1 ? 'check' : 'checks'}`;
  if (verdict === 'pass') return `${word}: ${all} passed`;
  const untold = number('cannot_tell') === 0 ? '' : `, ${count(number('cannot_tell'))} can't be told`;
  return `${word}: ${count(number('fail'))} of ${all} failed${untold}`;
}

function quantity({ check }: Check, value: number): string {
  switch (check) {
    case 'max_slowdown':
      return signed(value, '%');
    case 'max_error_increase':
      return signed(value, ' points');
    case 'max_error_rate':
      return `${Number(value.toFixed(3))}%`;
    default:
      return duration(value);
  }
}

function signed(value: number, unit: string): string {
  const rounded = value.toFixed(1);
  return `${Number(rounded) > 0 ? '+' : ''}${Number(rounded) === 0 ? '0.0' : rounded}${unit}`;
}
