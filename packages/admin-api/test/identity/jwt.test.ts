import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { JwtVerification } from '../../src/identity/identity.ts';
import { bearing, identifying, inWords } from './asked.ts';
import {
  CLAIMS,
  ec,
  eddsa,
  es,
  hmac,
  NOW_S,
  ps,
  RSA_ALGORITHMS,
  rs,
  rsa,
  type Signer,
  signed,
  verificationBy,
} from './signed.ts';

const SECRET = 'a secret of sixty-four bytes, which is as many as SHA-512 gives.';
const HMAC_ALGORITHMS = ['HS256', 'HS384', 'HS512'];
const EDDSA_ALGORITHMS = ['EdDSA', 'Ed25519'];

const secret = createSecretKey(Buffer.from(SECRET));
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const ed25519 = generateKeyPairSync('ed25519');

const byRsa = verificationBy(rsa.publicKey, RSA_ALGORITHMS);

async function foundBy(jwt: JwtVerification, token: string): Promise<string> {
  return inWords(await identifying({ jwt })(bearing(token)));
}

/** What comes of a token that is right but for these claims. */
function foundWith(claims: object, jwt = byRsa): Promise<string> {
  return foundBy(jwt, signed({ alg: 'RS256', typ: 'JWT' }, { ...CLAIMS, ...claims }, rs(256)));
}

describe('a JWT', () => {
  it.each<[string, KeyObject, readonly string[], Signer]>([
    ['HS256', secret, HMAC_ALGORITHMS, hmac(256, SECRET)],
    ['HS384', secret, HMAC_ALGORITHMS, hmac(384, SECRET)],
    ['HS512', secret, HMAC_ALGORITHMS, hmac(512, SECRET)],
    ['RS256', rsa.publicKey, RSA_ALGORITHMS, rs(256)],
    ['RS384', rsa.publicKey, RSA_ALGORITHMS, rs(384)],
    ['RS512', rsa.publicKey, RSA_ALGORITHMS, rs(512)],
    ['PS256', rsa.publicKey, RSA_ALGORITHMS, ps(256)],
    ['PS384', rsa.publicKey, RSA_ALGORITHMS, ps(384)],
    ['PS512', rsa.publicKey, RSA_ALGORITHMS, ps(512)],
    ['ES256', ec.publicKey, ['ES256'], es(256)],
    ['ES384', p384.publicKey, ['ES384'], es(384, p384.privateKey)],
    ['ES512', p521.publicKey, ['ES512'], es(512, p521.privateKey)],
    ['EdDSA', ed25519.publicKey, EDDSA_ALGORITHMS, eddsa(ed25519.privateKey)],
    ['Ed25519', ed25519.publicKey, EDDSA_ALGORITHMS, eddsa(ed25519.privateKey)],
  ])('is taken when it is signed with %s', async (alg, key, algorithms, signer) => {
    const token = signed({ alg }, CLAIMS, signer);
    expect(await foundBy(verificationBy(key, algorithms), token)).toBe('admin p-u');
    expect(
      await foundBy(
        verificationBy(
          key,
          algorithms.filter((name) => name !== alg),
        ),
        token,
      ),
    ).toBe('jwt_algorithm');
    const [head, , signature] = token.split('.');
    const other = `${head}.${Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'other' })).toString('base64url')}`;
    expect(await foundBy(verificationBy(key, algorithms), `${other}.${signature}`)).toBe('jwt_signature');
  });

  it.each([
    ['of an audience among others', { aud: ['other', 'tacho'] }, 'admin p-u'],
    ['that expired 20 s ago', { exp: NOW_S - 20 }, 'admin p-u'],
    ['that is for 20 s later', { nbf: NOW_S + 20 }, 'admin p-u'],
    ['with claims of others', { scope: 'x', __proto__: null, groups: ['a'] }, 'admin p-u'],
    ['of a long subject', { sub: 'u'.repeat(1024) }, `admin p-${'u'.repeat(1024)}`],
  ])('is taken: %s', async (_what, claims, expected) => {
    expect(await foundWith(claims)).toBe(expected);
  });

  it('may name any of several audiences', async () => {
    const jwt = { ...byRsa, audience: ['one', 'two'] };
    expect(await foundWith({ aud: 'two' }, jwt)).toBe('admin p-u');
    expect(await foundWith({ aud: 'one two' }, jwt)).toBe('jwt_aud');
  });

  it('names the key that it is signed with, or none', async () => {
    const named = verificationBy(rsa.publicKey, RSA_ALGORITHMS, { kid: 'k1' });
    const token = (header: object) => signed({ alg: 'RS256', ...header }, CLAIMS, rs(256));
    expect(await foundBy(named, token({ kid: 'k1' }))).toBe('admin p-u');
    expect(await foundBy(named, token({}))).toBe('admin p-u');
    expect(await foundBy(named, token({ kid: 'k2' }))).toBe('jwt_unknown_key');
    expect(await foundBy(byRsa, token({ kid: 'k1' }))).toBe('jwt_unknown_key');
  });
});

describe('the role of a JWT', () => {
  it.each<[unknown, string]>([
    ['admin', 'admin p-u'],
    ['viewer', 'viewer p-u'],
    ['admin ', '- p-u'],
    [' admin', '- p-u'],
    ['Admin', '- p-u'],
    ['', '- p-u'],
    ['admin,viewer', '- p-u'],
    ['admin\u0000', '- p-u'],
    ['constructor', '- p-u'],
    ['__proto__', '- p-u'],
    [['admin'], '- p-u'],
    [[], '- p-u'],
    [{ admin: true }, '- p-u'],
    [true, '- p-u'],
    [1, '- p-u'],
    [null, '- p-u'],
    [undefined, '- p-u'],
  ])('is a text to the letter, and otherwise none: %j', async (role, expected) => {
    expect(await foundWith({ role })).toBe(expected);
  });

  it('is in the claim that is said, which is the token’s own', async () => {
    const claims = { role: undefined, 'https://x.example/role': 'ops' };
    const jwt = {
      ...byRsa,
      roleClaim: 'https://x.example/role',
      adminRoles: ['ops', 'root'],
      viewerRoles: [],
    };
    expect(await foundWith(claims, jwt)).toBe('admin p-u');
    expect(await foundWith({ ...claims, role: 'admin' }, { ...jwt, roleClaim: 'role' })).toBe('- p-u');
    expect(await foundWith({}, { ...byRsa, roleClaim: 'toString' })).toBe('- p-u');
    expect(await foundWith({}, { ...byRsa, roleClaim: '__proto__' })).toBe('- p-u');
  });
});

describe('beside JWTs', () => {
  it('tokens and the application go on: what has their shape is theirs alone', async () => {
    let asked = 0;
    const authenticate = () => {
      asked++;
      return { name: 'hook' };
    };
    const identify = identifying({ jwt: byRsa, authenticate });
    expect(inWords(await identify(bearing('opaque')))).toBe('admin p-hook');
    expect(asked).toBe(1);
    expect(inWords(await identify(bearing('a.b.c')))).toBe('jwt_malformed');
    expect(inWords(await identify(bearing(signed({ alg: 'RS256' }, CLAIMS, rs(256)))))).toBe('admin p-u');
    expect(asked).toBe(1);
  });

  it('a pseudonym that can’t be made is a refusal', async () => {
    const pseudonymOf = () => {
      throw new Error('no key');
    };
    const token = signed({ alg: 'RS256' }, CLAIMS, rs(256));
    expect(inWords(await identifying({ jwt: byRsa, pseudonymOf })(bearing(token)))).toBe('jwt_malformed');
  });
});
