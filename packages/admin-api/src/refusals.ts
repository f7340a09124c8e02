import { HttpProblem } from './http-problem.ts';
import type { Refusal } from './limits/request-limits.ts';

/** To a request that says nothing of who sent it, or nothing that holds: one and the same for all of them. */
export function unauthorized(): HttpProblem {
  return new HttpProblem({
    status: 401,
    code: 'unauthorized',
    detail: 'A valid token is needed: Authorization: Bearer <token>',
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}

/** To somebody who is known and may not ask this. */
export function forbidden(): HttpProblem {
  return new HttpProblem({
    status: 403,
    code: 'forbidden',
    detail: 'Whoever this is may not read this: it needs another role.',
  });
}

/** To whoever asks too often, or has given too many proofs of who it is that do not hold. */
export function rateLimited({ retryAfterSeconds, headers }: Refusal): HttpProblem {
  return new HttpProblem({
    status: 429,
    code: 'rate_limited',
    detail: `Too many requests; more are answered in ${retryAfterSeconds} s.`,
    headers,
  });
}

export function notFound(): HttpProblem {
  return new HttpProblem({ status: 404, code: 'not_found', detail: 'There is nothing at this path.' });
}

/** Everything here is there to be read. */
export function methodNotAllowed(): HttpProblem {
  return new HttpProblem({
    status: 405,
    code: 'method_not_allowed',
    detail: 'Only GET and HEAD are allowed here.',
    headers: { Allow: 'GET, HEAD' },
  });
}
