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
  detail: 'Whoever this is may not read this: it needs another role.',
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

/** Everything here is there to be read. */
export const METHOD_NOT_ALLOWED = new HttpProblem({
  status: 405,
  code: 'method_not_allowed',
  detail: 'Only GET and HEAD are allowed here.',
  headers: { Allow: 'GET, HEAD' },
});
