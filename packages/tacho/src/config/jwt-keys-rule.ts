import type { JwtOptions } from './admin-api-options.ts';
import { JWT_KEY_TEXT, type Jwk, type JwtKey, PUBLIC_KEY_ALGORITHMS, parseJwtKey } from './jwt-key.ts';
import { type Place, type Rule, refuse, unreadable } from './rule.ts';

type KeySet = Exclude<NonNullable<JwtOptions['jwks']>, string>;

const MAX_KEYS = 100;

const JWKS =
  'a JSON Web Key Set, an object with keys, of 1 to 100 public keys; or the URL of one, https, or http of this host';

/** A secret, PEM or a JWK, which is copied. */
export const JWT_KEY: Rule<string | Jwk> = {
  read(value, at) {
    const isObject = typeof value === 'object' && value !== null;
    if (!isObject && typeof value !== 'string') return refuse(value, JWT_KEY_TEXT, at);
    const given = isObject ? copied<Jwk>(value, JWT_KEY_TEXT, at) : value;
    if (given === undefined) return undefined;
    const key = parseJwtKey(given);
    return typeof key === 'string' ? refuse(value, key, at) : given;
  },
};

/** A key set, which is copied, or its URL. */
export const JWT_JWKS: Rule<string | KeySet> = {
  read(value, at) {
    if (typeof value === 'string') return isKeySetUrl(value) ? value : refuse(value, JWKS, at);
    if (typeof value !== 'object' || value === null) return refuse(value, JWKS, at);
    const set = copied<KeySet>(value, JWKS, at);
    if (set === undefined) return undefined;
    return isKeySet(set) ? set : refuse(value, JWKS, at);
  },
};

/** What tokens may be signed with where nothing narrows it. @param jwt its `key` or `jwks` as the rules accept them */
export function algorithmsOf({ key, jwks }: Pick<JwtOptions, 'key' | 'jwks'>): readonly string[] {
  if (key !== undefined) return algorithmsOfKey(parseJwtKey(key));
  if (typeof jwks !== 'object') return PUBLIC_KEY_ALGORITHMS;
  return [...new Set(jwks.keys.flatMap((jwk) => algorithmsOfKey(parseJwtKey(jwk))))];
}

function algorithmsOfKey(key: JwtKey | string): readonly string[] {
  return typeof key === 'string' ? [] : key.algorithms;
}

/** As JSON has it, so that nothing of it changes or fights back later. */
function copied<T>(value: object, allowed: string, at: Place): T | undefined {
  try {
    return JSON.parse(JSON.stringify(value)) as T;
  } catch (cause) {
    return unreadable(cause, allowed, at);
  }
}

/** Keys for other things may be among them, as issuers publish those too; what is secret may not. */
function isKeySet(set: unknown): set is KeySet {
  if (typeof set !== 'object' || set === null || !('keys' in set) || !Array.isArray(set.keys)) return false;
  const keys: readonly unknown[] = set.keys;
  if (keys.length > MAX_KEYS || !keys.every(isPublic)) return false;
  return keys.some((jwk) => algorithmsOfKey(parseJwtKey(jwk)).length > 0);
}

function isPublic(jwk: unknown): jwk is Jwk {
  return (
    typeof jwk === 'object' &&
    jwk !== null &&
    !Array.isArray(jwk) &&
    !('d' in jwk) &&
    !('k' in jwk) &&
    !('priv' in jwk)
  );
}

/** What is fetched in the clear could be replaced on its way. */
function isKeySetUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
