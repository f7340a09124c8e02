import type { KeyObject } from 'node:crypto';
import { type Clock, MINUTE_MS } from '@tacho/core';
import {
  type CryptoKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import type { Identification, JwtKeys, JwtVerification, Role } from './identity.ts';
import { type FetchKeys, keyFetch, LEAST_MS_BETWEEN } from './key-fetch.ts';
import { refused } from './refused.ts';

/** How far the clocks of the issuer and of this host may be apart. */
const CLOCK_TOLERANCE_S = 29;

/** Keys that the issuer has withdrawn are known no longer than this. */
const MAX_KEYS_AGE_MS = 10 * MINUTE_MS;

/** As of the `user` hook: longer ones are no names. */
const MAX_SUBJECT_LENGTH = 1024;

/** A token may not bring its key along, nor ask for anything that would have to be understood. */
const REFUSED_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64'];

export interface JwtOptions {
  readonly pseudonymOf: (name: string) => string;
  readonly clock: Pick<Clock, 'now'>;
  /** For a key set that is elsewhere. */
  readonly fetch: FetchKeys;
  readonly warn: (line: string) => void;
}

/**
 * Verifies JSON Web Tokens. Which algorithms there are is a matter of the keys and not of the token, which has to be
 * signed, to expire, and to be of the issuer, for the audience and about somebody.
 * @returns never rejects
 */
export function jwtVerifier(
  jwt: JwtVerification,
  options: JwtOptions,
): (token: string) => Promise<Identification> {
  const keyOf = keyFinder(jwt.keys, options);
  const { issuer, audience, algorithms } = jwt;
  const expected = {
    issuer,
    audience: [...audience],
    algorithms: [...algorithms],
    requiredClaims: ['exp', 'sub'],
    clockTolerance: CLOCK_TOLERANCE_S,
  };
  return async (token) => {
    try {
      const currentDate = new Date(options.clock.now());
      const { payload } = await jwtVerify(token, keyOf, { ...expected, currentDate });
      const { sub } = payload;
      if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT_LENGTH)
        return refused('jwt_no_subject');
      const identity = { name: options.pseudonymOf(sub), role: roleOf(payload, jwt) };
      return { kind: 'identity', identity };
    } catch (error) {
      return refused(reasonOf(error));
    }
  };
}

type KeyFinder = (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey | KeyObject>;

/** Why there is no key for a token; thrown by a key finder. */
class NoKey extends Error {}

function keyFinder(keys: JwtKeys, options: JwtOptions): KeyFinder {
  const find = keysOf(keys, options);
  return async (header, token) => {
    if (REFUSED_HEADERS.some((name) => Object.hasOwn(header, name))) throw new NoKey('jwt_header');
    try {
      return await find(header, token);
    } catch (error) {
      throw error instanceof NoKey ? error : new NoKey(isUnknown(error) ? 'jwt_unknown_key' : 'jwt_no_keys');
    }
  };
}

function keysOf(keys: JwtKeys, { fetch, clock, warn }: JwtOptions): KeyFinder {
  if (keys.kind === 'jwks') return createLocalJWKSet(keys.jwks as unknown as JSONWebKeySet);
  if (keys.kind === 'url') {
    return createRemoteJWKSet(new URL(keys.url), {
      cooldownDuration: LEAST_MS_BETWEEN,
      cacheMaxAge: MAX_KEYS_AGE_MS,
      [customFetch]: keyFetch({ fetch, clock, warn }),
    });
  }
  return async ({ kid }) => {
    if (kid !== undefined && kid !== keys.kid) throw new NoKey('jwt_unknown_key');
    return keys.key;
  };
}

/** A text that is one of the roles to the letter. Nothing else counts, so that no list is read as what it isn't. */
function roleOf(
  payload: JWTPayload,
  { roleClaim, adminRoles, viewerRoles }: JwtVerification,
): Role | undefined {
  const role = Object.hasOwn(payload, roleClaim) ? payload[roleClaim] : undefined;
  if (typeof role !== 'string') return undefined;
  if (adminRoles.includes(role)) return 'admin';
  return viewerRoles.includes(role) ? 'viewer' : undefined;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ERR_JWT_EXPIRED', 'jwt_expired'],
  ['ERR_JOSE_ALG_NOT_ALLOWED', 'jwt_algorithm'],
  ['ERR_JOSE_NOT_SUPPORTED', 'jwt_header'],
  ['ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'jwt_signature'],
]);

function reasonOf(error: unknown): string {
  if (error instanceof NoKey) return error.message;
  const { code, claim } = error as Partial<errors.JWTClaimValidationFailed>;
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') return `jwt_${claim}`;
  return REASONS.get(code ?? '') ?? 'jwt_malformed';
}

function isUnknown(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return code === 'ERR_JWKS_NO_MATCHING_KEY' || code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS';
}
