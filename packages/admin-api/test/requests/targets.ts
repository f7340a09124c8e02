import { OPERATIONS } from '@tacho/api-contract';
import fc from 'fast-check';
import { queries } from './parameters.ts';
import { text } from './text.ts';

const PREFIX = '/api/performance';

const operations = Object.values(OPERATIONS);

const endpoint = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'POST%20/api/auth/login',
      'POST%20%2Fapi%2Fauth%2Flogin',
      'GET%20__proto__',
      'GET%20/users/{id}',
    ),
  },
  { weight: 1, arbitrary: text },
);

/** A resource as its operation has it, and a query that may be for it. */
function resource(cursors: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...operations), endpoint)
    .chain(([{ path, query }, name]) =>
      queries(query.parameters, cursors).map((q) => `${path.replace(/\{\w+\}/, name)}${q && `?${q}`}`),
    );
}

const nowhere = fc.array(text, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);

export function targets(cursors: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 24, arbitrary: resource(cursors).map((rest) => `${PREFIX}${rest}`) },
    { weight: 1, arbitrary: resource(cursors).map((rest) => `http://localhost${PREFIX}${rest}`) },
    { weight: 2, arbitrary: nowhere.map((path) => `${PREFIX}${path}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('*', 'http://', '//', '//[', '', '/', 'localhost:80', '/\\', 'x:y'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 30 }) },
    { weight: 1, arbitrary: fc.constantFrom(`${PREFIX}/..%2fsummary`, `${PREFIX}/${'a'.repeat(15_000)}`) },
  );
}
