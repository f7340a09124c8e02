import { STATUS_CODES } from 'node:http';
import type { Problem } from '@tacho/api-contract';
import type { HttpProblem } from './http-problem.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** The body of an answer that says what is wrong (RFC 9457). */
export function problemDetails(
  { status, code, message, parameter, field }: HttpProblem,
  requestId?: string,
): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    code,
    ...(parameter === undefined ? {} : { parameter }),
    ...(field === undefined ? {} : { field }),
    // Refusals of strangers are alike to the byte.
    ...(status === 401 || requestId === undefined ? {} : { request_id: requestId }),
  };
}
