import type { IncomingMessage } from 'node:http';
import type { Clock } from '@tacho/core';
import { authorizationOf } from './authorization.ts';
import type { Authenticate, Identification, Identify, JwtVerification, StaticToken } from './identity.ts';
import type { FetchKeys } from './key-fetch.ts';
import { refused } from './refused.ts';
import { staticTokens } from './static-tokens.ts';
import { userAuthentication } from './user-authentication.ts';

export interface IdentificationOptions {
  readonly tokens: readonly StaticToken[];
  /** Undefined where none are taken; nothing is loaded for them then. */
  readonly jwt: JwtVerification | undefined;
  readonly authenticate: Authenticate | undefined;
  /** Of the subject of a JWT, and of the name that `authenticate` gives. */
  readonly pseudonymOf: (name: string) => string;
  readonly clock: Clock;
  /** For a key set that is elsewhere; what it sends should not be measured. */
  readonly fetch: FetchKeys;
  /** Told what hinders an identification, in one line; how often it is shown is its own business. */
  readonly warn: (line: string) => void;
}

const ANONYMOUS: Identification = { kind: 'anonymous' };

const MAX_JWT_LENGTH = 8192;
const JWT = /^[\w-]+\.[\w-]*\.[\w-]*$/;

/**
 * Says who sent a request: the holder of a token, else of a JWT, else whoever the application says. What has the
 * shape of a JWT is nobody else's to judge, where those are taken. A request without credentials is asked about too,
 * as the application may know it by a cookie or a certificate.
 */
export function identification(options: IdentificationOptions): Identify {
  const { jwt, authenticate } = options;
  const holderOf = staticTokens(options.tokens);
  const verified = jwt && jwtsOnDemand(jwt, options);
  const asked = authenticate && userAuthentication({ ...options, authenticate });
  const others = (request: IncomingMessage, otherwise: Identification) =>
    asked === undefined ? otherwise : asked(request).then((found) => found ?? otherwise);
  return (request) => {
    try {
      const given = authorizationOf(request);
      if (given.kind === 'none') return others(request, ANONYMOUS);
      if (given.kind === 'repeated') return refused('two_authorizations');
      if (given.kind === 'other') return others(request, refused('no_bearer_token'));
      const identity = holderOf(given.token);
      if (identity !== undefined) return { kind: 'identity', identity };
      if (verified !== undefined && JWT.test(given.token)) return verified(given.token);
      return others(request, refused('unknown_token'));
    } catch {
      return refused('no_identification');
    }
  };
}

/** What verifies JWTs is loaded meanwhile. */
function jwtsOnDemand(
  jwt: JwtVerification,
  options: IdentificationOptions,
): (token: string) => Promise<Identification> {
  const verifier = import('./jwt.ts').then(({ jwtVerifier }) => jwtVerifier(jwt, options));
  verifier.catch((error: unknown) => options.warn(`no JWT can be verified: ${error}`));
  return async (token) => {
    if (token.length > MAX_JWT_LENGTH) return refused('jwt_too_long');
    try {
      return await (await verifier)(token);
    } catch {
      return refused('no_jwt');
    }
  };
}
