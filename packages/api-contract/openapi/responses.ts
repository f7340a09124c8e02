import type { Operation } from '../src/operation.ts';
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
    description:
      'The request is malformed, or a parameter or a field is unknown, repeated or not what is expected.',
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
    isGivenBy: ({ path, readsHistory }) => readsHistory && path.includes('{'),
  },
  NoAlerts: {
    status: '404',
    description: 'Alerts are switched off, or there is no silence of this id.',
    headers: RATE_LIMIT,
    isGivenBy: ({ path }) => path.startsWith('/alerts'),
  },
  Conflict: {
    status: '409',
    description: 'There are as many already as may be.',
    headers: RATE_LIMIT,
    isGivenBy: ({ status }) => status === 201,
  },
  Gone: {
    status: '410',
    description: 'The cursor has expired: begin at the first page again.',
    headers: RATE_LIMIT,
    isGivenBy: ({ query }) => query.parameters.includes('cursor'),
  },
  PayloadTooLarge: {
    status: '413',
    description: 'The body has more than 64 KB.',
    headers: RATE_LIMIT,
    isGivenBy: ({ body }) => body !== undefined,
  },
  UnsupportedMediaType: {
    status: '415',
    description: 'The body is not said to be `application/json`, or is encoded as nobody here can read it.',
    headers: RATE_LIMIT,
    isGivenBy: ({ body }) => body !== undefined,
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
  const { status, mediaType } = operation;
  const given = Object.entries(problems).filter(([, { isGivenBy }]) => isGivenBy(operation));
  const headers = referencesTo(headersOf(operation));
  return {
    [status]: {
      description: DESCRIPTIONS[status],
      headers,
      ...(mediaType === undefined ? {} : { content: { [mediaType]: contentOf(operation) } }),
    },
    ...(isTagged(operation)
      ? { 304: { description: 'The answer is the one that `If-None-Match` names.', headers } }
      : {}),
    ...Object.fromEntries(
      given.map(([name, problem]) => [problem.status, { $ref: `#/components/responses/${name}` }]),
    ),
  };
}

const DESCRIPTIONS: Readonly<Record<Operation['status'], string>> = {
  200: 'What was asked for.',
  201: 'What was added.',
  204: 'It is done.',
};

function isTagged({ method, mediaType }: Operation): boolean {
  return method === 'GET' && mediaType === 'application/json';
}

function headersOf(operation: Operation): HeaderName[] {
  return [
    ...RATE_LIMIT,
    ...(isTagged(operation) ? (['ETag'] as const) : []),
    ...(operation.readsHistory ? COVERAGE : []),
    ...(operation.query.parameters.includes('cursor') ? PAGE : []),
  ];
}

/** OpenAPI 3.1 has no words for the data of one event: beside that the stream is text, we have our own. */
function contentOf({ mediaType, answer }: Operation): JsonObject {
  const schema = jsonSchemaOf(answer);
  return mediaType === 'application/json'
    ? { schema }
    : { schema: { type: 'string' }, 'x-tacho-event-data': schema };
}
