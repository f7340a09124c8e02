import type { Operation } from '../src/operations.ts';
import { ProblemSchema } from '../src/problem.ts';
import { COVERAGE, type HeaderName, PAGE, RATE_LIMIT, referencesTo } from './headers.ts';
import type { JsonObject } from './json.ts';
import { jsonSchemaOf } from './schemas.ts';

interface Response {
  readonly status: string;
  readonly description: string;
  readonly headers: readonly HeaderName[];
  readonly isGivenBy: (operation: Operation) => boolean;
}

const always = (): boolean => true;

/** What else than what was asked for may come, by the names of components. */
const others: Readonly<Record<string, Response>> = {
  NotModified: {
    status: '304',
    description: 'The body is the one that `If-None-Match` names.',
    headers: [...RATE_LIMIT, 'ETag'],
    isGivenBy: ({ mediaType }) => mediaType === 'application/json',
  },
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
    headers: RATE_LIMIT,
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

const problem: JsonObject = { 'application/problem+json': { schema: jsonSchemaOf(ProblemSchema) } };

export const responseComponents: JsonObject = Object.fromEntries(
  Object.entries(others).map(([name, { status, description, headers }]) => [
    name,
    { description, headers: referencesTo(headers), ...(status === '304' ? {} : { content: problem }) },
  ]),
);

/** By status. */
export function responsesOf(operation: Operation): JsonObject {
  const given = Object.entries(others).filter(([, { isGivenBy }]) => isGivenBy(operation));
  return {
    200: answerTo(operation),
    ...Object.fromEntries(
      given.map(([name, { status }]) => [status, { $ref: `#/components/responses/${name}` }]),
    ),
  };
}

function answerTo({ readsHistory, query, mediaType, answer }: Operation): JsonObject {
  const isJson = mediaType === 'application/json';
  const headers: HeaderName[] = [
    ...RATE_LIMIT,
    ...(isJson ? (['ETag'] as const) : []),
    ...(readsHistory ? COVERAGE : []),
    ...(query.parameters.includes('cursor') ? PAGE : []),
  ];
  const schema = jsonSchemaOf(answer);
  const content = isJson ? { schema } : { schema: { type: 'string' }, 'x-tacho-event-data': schema };
  return {
    description: isJson ? 'What was asked for.' : 'Events without end; the data of each is JSON.',
    headers: referencesTo(headers),
    content: { [mediaType]: content },
  };
}
