import type { Query } from '@tacho/api-contract';
import { HttpProblem } from './http-problem.ts';
import { cut, quoted } from './quoted.ts';

/**
 * The parameters of a query, checked and with their defaults. Names that `query` does not know and names given
 * twice are refused, so a misspelling is never silently the default.
 * @param querystring well-formed, as `parseTarget` promises
 */
export function readQuery<T>(querystring: string, query: Query<T>): T {
  const given: Record<string, string> = Object.create(null);
  for (const [name, value] of parametersOf(querystring)) {
    if (!query.parameters.includes(name)) throw unknownParameter(name, query.parameters);
    if (name in given) throw repeatedParameter(name);
    given[name] = value;
  }
  const checked = query.validate(given);
  if (checked.ok) return checked.value;
  const { path: name, message: expected } = checked.issue;
  throw invalidParameter(name, given[name] ?? '', expected);
}

/** One at a time, so that of thousands only those up to the first bad one are looked at. */
function* parametersOf(querystring: string): Generator<[name: string, value: string]> {
  for (const pair of querystring.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    const value = equals < 0 ? '' : pair.slice(equals + 1);
    yield [decodeURIComponent(name), decodeURIComponent(value)];
  }
}

function unknownParameter(name: string, known: readonly string[]): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'unknown_parameter',
    detail: `There is no parameter ${quoted(name)} here; there is ${listed(known)}.`,
    parameter: cut(name),
  });
}

function repeatedParameter(name: string): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'repeated_parameter',
    detail: `The parameter ${quoted(name)} may be given once.`,
    parameter: cut(name),
  });
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? 'none';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

export function invalidParameter(name: string, value: string, expected: string): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'invalid_parameter',
    detail: `The parameter ${quoted(name)} must be ${expected}, not ${quoted(value)}.`,
    parameter: cut(name),
  });
}
