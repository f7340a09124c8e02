import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A key that tokens are verified with, and the algorithms that it is for. */
export interface JwtKey {
  readonly key: KeyObject;
  readonly kid: string | undefined;
  readonly algorithms: readonly string[];
}

const RSA = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const EDDSA = ['EdDSA', 'Ed25519'];
const CURVES: ReadonlyMap<string, readonly string[]> = new Map([
  ['prime256v1', ['ES256']],
  ['secp384r1', ['ES384']],
  ['secp521r1', ['ES512']],
]);
const LEAST_RSA_BITS = 2048;
const LEAST_SECRET_BYTES = 32;

/** All that a public key may be for: never a secret's, which whoever has the public key could then use. */
export const PUBLIC_KEY_ALGORITHMS: readonly string[] = [...RSA, ...[...CURVES.values()].flat(), ...EDDSA];

export type Jwk = Readonly<Record<string, unknown>>;

export const JWT_KEY_TEXT = `a secret of ${LEAST_SECRET_BYTES} bytes or more, or a public key in PEM or as a JWK`;

/** @returns what is wrong, as completes "allowed: …", where it is no key that can verify tokens */
export function parseJwtKey(given: string | Jwk): JwtKey | string {
  try {
    return typeof given === 'string' ? keyOfText(given) : parseJwk(given);
  } catch {
    return JWT_KEY_TEXT;
  }
}

function keyOfText(text: string): JwtKey | string {
  if (text.includes('PRIVATE KEY-----')) return `${JWT_KEY_TEXT}; a private key stays with the issuer`;
  if (text.includes('-----BEGIN')) return publicKey(createPublicKey(text));
  if (text.trimStart().startsWith('{'))
    return `${JWT_KEY_TEXT}; a JWK is given as an object, not as its JSON`;
  // What everybody may know must never become a secret because its first and last line were left out.
  if (isBarePublicKey(text)) return `${JWT_KEY_TEXT}; PEM begins with -----BEGIN PUBLIC KEY-----`;
  return secretKey(Buffer.from(text));
}

/** A JWK may narrow what it is for by its `alg`. */
function parseJwk(jwk: Jwk): JwtKey | string {
  const { kty, kid, alg, use, key_ops: operations } = jwk;
  if (['d', 'p', 'q', 'priv'].some((name) => jwk[name] !== undefined))
    return `${JWT_KEY_TEXT}; a private key stays with the issuer`;
  if (kid !== undefined && typeof kid !== 'string') return 'a JWK whose kid is a text';
  if ((use ?? 'sig') !== 'sig' || (Array.isArray(operations) && !operations.includes('verify')))
    return 'a JWK that is for signatures';
  const key = kty === 'oct' ? secretKey(Buffer.from(String(jwk.k), 'base64url')) : publicKey(publicJwk(jwk));
  if (typeof key === 'string' || alg === undefined) return typeof key === 'string' ? key : { ...key, kid };
  if (typeof alg !== 'string' || !key.algorithms.includes(alg))
    return `a JWK whose alg is one of ${key.algorithms.join(', ')}`;
  return { ...key, kid, algorithms: [alg] };
}

function publicJwk(jwk: Jwk): KeyObject {
  return createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
}

function publicKey(key: KeyObject): JwtKey | string {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa' && (details?.modulusLength ?? 0) < LEAST_RSA_BITS)
    return `an RSA key of ${LEAST_RSA_BITS} bits or more`;
  const curve = CURVES.get(details?.namedCurve ?? '');
  const algorithms = type === 'rsa' ? RSA : type === 'ed25519' ? EDDSA : type === 'ec' ? curve : undefined;
  if (algorithms === undefined) return 'a key of RSA, of Ed25519, or of the curve P-256, P-384 or P-521';
  return { key, kid: undefined, algorithms };
}

/** By RFC 7518, section 3.2, a secret is no shorter than what the hash gives. */
function secretKey(bytes: Buffer): JwtKey | string {
  if (bytes.length < LEAST_SECRET_BYTES) return JWT_KEY_TEXT;
  const algorithms = [256, 384, 512].filter((bits) => bytes.length >= bits / 8).map((bits) => `HS${bits}`);
  return { key: createSecretKey(bytes), kid: undefined, algorithms };
}

function isBarePublicKey(text: string): boolean {
  try {
    createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return true;
  } catch {
    return false;
  }
}
