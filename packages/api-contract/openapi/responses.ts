import type { Operation } from '../src/operations.ts';
import { ProblemSchema } from '../src/problem.ts';
import { COVERAGE, type HeaderName, PAGE, RATE_LIMIT, referencesTo } from './headers.ts';
import type { JsonObject } from './json.ts';
import { jsonSchemaOf } from './schemas.ts';

interface ProblemResponse {
  readonly status: string;
  readonly description: string;
  readonly headers: readonly HeaderName[];
  readonly isGivenBy: (operation: Operation) => boolean;
}

const always = (): boolean => true;

/** What may come instead of what was asked for, by the names of components. */
const problems: Readonly<Record<string, ProblemResponse>> = {
  BadRequest: {
    status: '400',
    description: 'The request is malformed, or a parameter is unknown, repeated or not what is expected.',
    headers: RATE_LIMIT,
    isGivenBy: always,
  },
  Unauthorized: {
    status: '401',
    description: 'Nobody is logged in, or what came as a proof of it is none.',
    headers: [...RATE_LIMIT, 'WWW-Authenticate'],
    isGivenBy: always,
  },
  Forbidden: {
    status: '403',
    description: 'Whoever is logged in may not ask this; or the request comes from another site.',
    headers: RATE_LIMIT,
    isGivenBy: always,
  },
  NotFound: {
    status: '404',
    description: 'Nothing was measured under this name in the time that was asked for.',
    headers: [...RATE_LIMIT, ...COVERAGE],
    isGivenBy: ({ path }) => path.includes('{'),
  },
  Gone: {
    status: '410',
    description: 'The cursor has expired: begin at the first page again.',
    headers: RATE_LIMIT,
    isGivenBy: ({ query }) => query.parameters.includes('cursor'),
  },
  TooManyRequests: {
    status: '429',
    description: 'There were too many requests, or too many failed logins.',
    headers: [...RATE_LIMIT, 'Retry-After'],
    isGivenBy: always,
  },
  ServiceUnavailable: {
    status: '503',
    description: 'The store cannot be read now, or too much is being asked of it at once.',
    headers: [...RATE_LIMIT, 'Retry-After'],
    isGivenBy: always,
  },
  OtherProblem: {
    status: 'default',
    description: 'Any other problem.',
    headers: RATE_LIMIT,
    isGivenBy: always,
  },
};

const content: JsonObject = { 'application/problem+json': { schema: jsonSchemaOf(ProblemSchema) } };

export const responseComponents: JsonObject = Object.fromEntries(
  Object.entries(problems).map(([name, { description, headers }]) => [
    name,
    { description, headers: referencesTo(headers), content },
  ]),
);

/** By status. */
export function responsesOf(operation: Operation): JsonObject {
  const { mediaType } = operation;
  const given = Object.entries(problems).filter(([, { isGivenBy }]) => isGivenBy(operation));
  const headers = referencesTo(headersOf(operation));
  return {
    200: { description: 'What was asked for.', headers, content: { [mediaType]: contentOf(operation) } },
    ...(mediaType === 'application/json'
      ? { 304: { description: 'The answer is the one that `If-None-Match` names.', headers } }
      : {}),
    ...Object.fromEntries(
      given.map(([name, { status }]) => [status, { $ref: `#/components/responses/${name}` }]),
    ),
  };
}

function headersOf({ readsHistory, query, mediaType }: Operation): HeaderName[] {
  return [
    ...RATE_LIMIT,
    ...(mediaType === 'application/json' ? (['ETag'] as const) : []),
    ...(readsHistory ? COVERAGE : []),
    ...(query.parameters.includes('cursor') ? PAGE : []),
  ];
}

/** OpenAPI 3.1 has no words for the data of one event: beside that the stream is text, we have our own. */
function contentOf({ mediaType, answer }: Operation): JsonObject {
  const schema = jsonSchemaOf(answer);
  return mediaType === 'application/json'
    ? { schema }
    : { schema: { type: 'string' }, 'x-tacho-event-data': schema };
}
