import * as v from 'valibot';
import { described } from './described.ts';
import { validator } from './validation.ts';

/** Why a request was not answered; stable, for programs. */
export const PROBLEM_CODES = [
  'unauthorized',
  'forbidden',
  'cross_origin',
  'misdirected_request',
  'rate_limited',
  'busy',
  'payload_too_large',
  'unsupported_media_type',
  'invalid_body',
  'unknown_field',
  'repeated_field',
  'invalid_field',
  'invalid_cursor',
  'cursor_expired',
  'malformed_request',
  'unknown_parameter',
  'repeated_parameter',
  'invalid_parameter',
  'not_found',
  'unknown_endpoint',
  'alerts_off',
  'unknown_silence',
  'too_many_silences',
  'method_not_allowed',
  'store_unavailable',
  'shut_down',
  'internal_error',
] as const;

/**
 * Problem details (RFC 9457) with the members that its section 3.2
 * leaves to us. `type` is `about:blank`: `code` tells the problems apart.
 */
export const ProblemSchema = described(
  v.object({
    type: v.literal('about:blank'),
    title: v.string(),
    status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
    detail: described(v.string(), 'What is wrong, for people.'),
    code: described(v.picklist(PROBLEM_CODES), 'What is wrong, for programs: a name that stays.'),
    parameter: v.optional(
      described(v.string(), 'The query parameter that is to blame, cut to a bearable length.'),
    ),
    field: v.optional(
      described(v.string(), 'The field of the body that is to blame, cut to a bearable length.'),
    ),
    request_id: v.optional(
      described(
        v.string(),
        "Names this answer in the service's log. Left out where nobody is logged in: such answers are all alike.",
      ),
    ),
  }),
  'Problem details (RFC 9457): the body of every answer that is no 2xx and no 304.',
);

export type ProblemCode = (typeof PROBLEM_CODES)[number];
export type Problem = v.InferOutput<typeof ProblemSchema>;

export const validateProblem = validator(ProblemSchema);
