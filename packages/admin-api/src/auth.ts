import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Middleware } from 'koa';
import { HttpProblem } from './http-problem.ts';

/** One space and visible ASCII; the scheme in any case (RFC 9110, section 11.1). */
const BEARER = /^bearer ([\x21-\x7e]+)$/i;

/**
 * Lets a request pass that bears one of the tokens, and refuses every other in one and the same way. With no
 * tokens, every request is refused.
 */
export function bearerAuthentication(tokens: readonly string[]): Middleware {
  const digests = tokens.map(digestOf);
  return (ctx, next) => {
    const token = bearerToken(ctx.req);
    if (token === undefined || !isAmong(digests, digestOf(token))) throw unauthorized();
    return next();
  };
}

/** Read from the raw headers: of two `Authorization` headers Node shows only the first, and two are no identity. */
function bearerToken(req: IncomingMessage): string | undefined {
  const names = req.rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === 'authorization').length !== 1) return undefined;
  return BEARER.exec(req.headers.authorization ?? '')?.[1];
}

/** Takes the same time whichever token matches, or none; digests are of one length, whatever the tokens' are. */
function isAmong(digests: readonly Buffer[], digest: Buffer): boolean {
  let found = false;
  for (const candidate of digests) found = timingSafeEqual(candidate, digest) || found;
  return found;
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function unauthorized(): HttpProblem {
  return new HttpProblem({
    status: 401,
    code: 'unauthorized',
    detail: 'A valid token is needed: Authorization: Bearer <token>',
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}
