import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Identification, Identify } from './identity/identity.ts';

/** One space and visible ASCII; the scheme in any case (RFC 9110, section 11.1). */
const BEARER = /^bearer ([\x21-\x7e]+)$/i;

/** Knows those who bear one of the tokens, as admins. */
export function bearerTokens(tokens: readonly string[]): Identify {
  const digests = tokens.map(digestOf);
  return (request): Identification => {
    if (request.headers.authorization === undefined) return { kind: 'anonymous' };
    const token = bearerToken(request);
    if (token === undefined) return { kind: 'refused', reason: 'malformed' };
    if (!isAmong(digests, digestOf(token))) return { kind: 'refused', reason: 'unknown_token' };
    return { kind: 'identity', identity: { name: 'token', role: 'admin' } };
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
