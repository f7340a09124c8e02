import { HttpProblem } from '../http-problem.ts';
import { cut, quoted } from '../quoted.ts';

export const UNSUPPORTED_MEDIA_TYPE = new HttpProblem({
  status: 415,
  code: 'unsupported_media_type',
  detail: 'A body is JSON here: Content-Type: application/json, as it is or compressed with gzip.',
});

/** @param found what it is instead of a JSON object in UTF-8 */
export function invalidBody(found: string): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'invalid_body',
    detail: `The body must be a JSON object in UTF-8; it ${found}.`,
  });
}

export function unknownField(name: string, known: readonly string[]): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'unknown_field',
    detail: `There is no field ${quoted(name)} here; there is ${known.join(', ')}.`,
    field: cut(name),
  });
}

export function repeatedField(name: string): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'repeated_field',
    detail: `The field ${quoted(name)} may be given once.`,
    field: cut(name),
  });
}

/** What was given is not shown: it may be anything. */
export function invalidField(name: string, expected: string): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'invalid_field',
    detail: `The field ${quoted(name)} must be ${expected}.`,
    field: cut(name),
  });
}
