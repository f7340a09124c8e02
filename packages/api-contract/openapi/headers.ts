import { Timestamp } from '../src/quantities.ts';
import type { JsonObject } from './json.ts';
import { jsonSchemaOf } from './schemas.ts';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const time = jsonSchemaOf(Timestamp);

/** What answers have in their headers. */
const headers = {
  ETag: { description: 'Names this body; of short answers, for `If-None-Match`.', schema: text },
  'Tacho-From': {
    description: 'From when on the answer covers what was measured.',
    required: true,
    schema: time,
  },
  'Tacho-To': { description: 'Until when; left out where the end is open.', schema: time },
  'Tacho-Resolution': {
    description: 'The units in which the covered time begins and ends.',
    required: true,
    schema: { type: 'string', enum: ['minute', 'hour', 'day'] },
  },
  'Tacho-Partial': {
    description: 'Something is missing: stored rows that were damaged, or that could not be read now.',
    schema: { const: 'true' },
  },
  'Tacho-Next-Cursor': {
    description: 'For the parameter `cursor` of the request for the next page; left out with the last.',
    schema: text,
  },
  Link: { description: 'The next page, as `rel="next"` (RFC 8288).', schema: text },
  'RateLimit-Limit': { description: 'Requests a minute that are answered.', schema: count },
  'RateLimit-Remaining': { description: 'How many of them are left.', schema: count },
  'RateLimit-Reset': { description: 'Seconds until there are as many again.', schema: count },
  'RateLimit-Policy': { description: 'The limit and its window in seconds: `600;w=60`.', schema: text },
  'Retry-After': { description: 'Seconds to wait before asking again.', required: true, schema: count },
  'WWW-Authenticate': { description: 'How to log in (RFC 9110).', required: true, schema: text },
} as const;

export type HeaderName = keyof typeof headers;

export const headerComponents: JsonObject = headers;

export const RATE_LIMIT = [
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
] as const;

export const COVERAGE = ['Tacho-From', 'Tacho-To', 'Tacho-Resolution', 'Tacho-Partial'] as const;

export const PAGE = ['Tacho-Next-Cursor', 'Link'] as const;

export function referencesTo(names: readonly HeaderName[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
