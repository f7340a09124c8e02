import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { JwtVerification } from '../../src/identity/identity.ts';
import { NOW_MS } from './asked.ts';

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export const NOW_S = Math.floor(NOW_MS / 1000);
export const ISSUER = 'https://login.example/';
export const AUDIENCE = 'tacho';

/** What a token that is taken says. */
export const CLAIMS = { iss: ISSUER, aud: AUDIENCE, sub: 'u', role: 'admin', exp: NOW_S + 300 };

/** Signs what stands before the signature. */
export type Signer = (input: string) => Buffer;

/** A token, whatever is in it. @param header, claims a text is taken as it is, so that it may be no JSON */
export function signed(header: object | string, claims: object | string, signer: Signer): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${signer(input).toString('base64url')}`;
}

export function encoded(part: object | string): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

export const NO_SIGNATURE: Signer = () => Buffer.alloc(0);

export function hmac(bits: number, secret: string | Buffer): Signer {
  return (input) => createHmac(`sha${bits}`, secret).update(input).digest();
}

export function rs(bits: number, key: KeyObject = rsa.privateKey): Signer {
  return (input) => sign(`sha${bits}`, Buffer.from(input), key);
}

export function ps(bits: number): Signer {
  const options = {
    key: rsa.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
  return (input) => sign(`sha${bits}`, Buffer.from(input), options);
}

export function es(bits: number, key: KeyObject = ec.privateKey): Signer {
  return (input) => sign(`sha${bits}`, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
}

export function eddsa(key: KeyObject): Signer {
  return (input) => sign(null, Buffer.from(input), key);
}

/** What is taken where nothing else is said: tokens of one key. */
export function verificationBy(
  key: KeyObject,
  algorithms: readonly string[],
  fields: Partial<JwtVerification> & { kid?: string } = {},
): JwtVerification {
  const { kid, ...others } = fields;
  return {
    keys: { kind: 'key', key, kid },
    issuer: ISSUER,
    audience: [AUDIENCE],
    algorithms,
    roleClaim: 'role',
    adminRoles: ['admin'],
    viewerRoles: ['viewer'],
    ...others,
  };
}

export const RSA_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
