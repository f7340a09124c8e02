import { HttpProblem } from './http-problem.ts';

// Made once: what an error costs is where it was made, which nobody asks of these.

/** To a request that says nothing of who sent it, or nothing that holds: one and the same for all of them. */
export const UNAUTHORIZED = new HttpProblem({
  status: 401,
  code: 'unauthorized',
  detail: 'A valid token is needed: Authorization: Bearer <token>',
  headers: { 'WWW-Authenticate': 'Bearer' },
});

/** To somebody who is known and may not ask this. */
export const FORBIDDEN = new HttpProblem({
  status: 403,
  code: 'forbidden',
  detail: 'Whoever this is may not do this: it needs another role.',
});

/** To whoever asks too often, or has given too many proofs of who it is that do not hold. */
export const RATE_LIMITED = new HttpProblem({
  status: 429,
  code: 'rate_limited',
  detail: 'Too many requests; Retry-After says in how many seconds more are answered.',
});

export const NOT_FOUND = new HttpProblem({
  status: 404,
  code: 'not_found',
  detail: 'There is nothing at this path.',
});

/** @param allow what is allowed instead, as the header has it */
export function methodNotAllowed(allow: string): HttpProblem {
  return new HttpProblem({
    status: 405,
    code: 'method_not_allowed',
    detail: `Here are allowed: ${allow}.`,
    headers: { Allow: allow },
  });
}

/** Of a target that is no resource. */
export const METHOD_NOT_ALLOWED = methodNotAllowed('GET, HEAD');
