import { ENDPOINT_SORTS, SLOW_REQUEST_SORTS, USER_SORTS } from '@tacho/api-contract';
import fc from 'fast-check';
import { NOW_MS } from '../served.ts';
import { text } from './text.ts';

const moment = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.integer({ min: -5, max: 5 }).map((days) => String(NOW_MS + days * 3_600_000)),
  fc.constantFrom('0', '1', '2025-07-19', '9999-12-31', '253402300799999', '1969-12-31'),
  fc.constantFrom('2025-07-19T03:42+02:00', '2025-07-19T03:42%2B02:00'),
);

const step = fc
  .tuple(fc.nat({ max: 400 }), fc.constantFrom('m', 'h', 'd', 's', ''))
  .map(([number, unit]) => `${number}${unit}`);

/** Of values that mean something; which resource takes them is another matter. */
const meaningful: Readonly<Record<string, fc.Arbitrary<string>>> = {
  hours: fc.integer({ min: 1, max: 720 }).map(String),
  limit: fc.integer({ min: 1, max: 1000 }).map(String),
  from: moment,
  to: moment,
  compare: fc.oneof(
    fc.constant('previous'),
    fc.tuple(moment, moment).map((both) => both.join('/')),
  ),
  step,
  sort: fc.constantFrom(...ENDPOINT_SORTS, ...SLOW_REQUEST_SORTS, ...USER_SORTS),
  metric: fc.constantFrom('p95', 'requests', 'apdex', ''),
  endpoint: fc.constantFrom('GET%20/', 'POST%20/api/auth/login', 'GET%20__proto__', ''),
};

/**
 * @param names that the resource knows; some of the others come, too
 * @param cursors that were given, have expired or were forged
 */
export function queries(names: readonly string[], cursors: readonly string[]): fc.Arbitrary<string> {
  const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
    ...meaningful,
    cursor: fc.constantFrom(...cursors),
  };
  const meant = (name: string): fc.Arbitrary<string> =>
    (values[name] ?? text).map((value) => `${name}=${value}`);
  const known = names.length === 0 ? fc.constant('') : fc.constantFrom(...names).chain(meant);
  const parameter = fc.oneof(
    { weight: 20, arbitrary: known },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(values)).chain(meant) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom(...Object.keys(values)), text).map((pair) => pair.join('=')),
    },
    { weight: 1, arbitrary: fc.tuple(text, text).map((pair) => pair.join('=')) },
  );
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: 6, arbitrary: parameter },
    { weight: 2, arbitrary: fc.array(parameter, { minLength: 2, maxLength: 3 }).map((all) => all.join('&')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('a[b]=1', 'limit=1&limit=2', '__proto__=3', `${'x=1&'.repeat(5_000)}x=1`),
    },
  );
}
