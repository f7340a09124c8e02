import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { checkOptions } from '../../src/config/check-options.ts';
import { resolveConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { refusalOf } from './refusal.ts';

const SECRET = 'Xyzzy'.repeat(7);
const ISSUED = { issuer: 'https://login.example', audience: 'tacho' };
const KEY = 'a secret of 32 bytes or more, or a public key in PEM or as a JWK';
const BARE = `${KEY}; PEM begins with -----BEGIN PUBLIC KEY-----`;
const CURVE = 'a key of RSA, of Ed25519, or of the curve P-256, P-384 or P-521';
const JWKS =
  'a JSON Web Key Set, an object with keys, of 1 to 100 public keys; or the URL of one, https, or http of this host';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const smallRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const rsaPss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const bitcoin = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
const ed25519 = generateKeyPairSync('ed25519');
const ed448 = generateKeyPairSync('ed448');

const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }) as string;
const privatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string;
const jwk = (key: KeyObject, fields: object = {}) => ({ ...key.export({ format: 'jwk' }), ...fields });
const octet = (bytes: number) => ({ kty: 'oct', k: Buffer.alloc(bytes, 'x').toString('base64url') });

function jwtOf(jwt: object) {
  const config = resolveConfig(
    checkOptions({ adminApi: { jwt: { ...ISSUED, ...jwt } } }),
    readEnvironment({}),
  );
  return config.adminApi === false ? undefined : config.adminApi.jwt;
}

const RSA = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const EDDSA = ['EdDSA', 'Ed25519'];

describe('a key of JWTs', () => {
  it.each<[string, string | object, readonly string[]]>([
    ['a secret of 32 bytes', 'é'.repeat(16), ['HS256']],
    ['a secret of 48 bytes', 'x'.repeat(48), ['HS256', 'HS384']],
    ['a secret of 64 bytes', 'x'.repeat(64), ['HS256', 'HS384', 'HS512']],
    ['RSA in PEM', pem(rsa.publicKey), RSA],
    ['RSA in the PEM of PKCS #1', rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }) as string, RSA],
    ['ECDSA in PEM', pem(ec.publicKey), ['ES256']],
    ['Ed25519 in PEM', pem(ed25519.publicKey), EDDSA],
    ['RSA as a JWK', jwk(rsa.publicKey), RSA],
    [
      'a JWK for one algorithm',
      jwk(rsa.publicKey, { alg: 'PS384', use: 'sig', key_ops: ['verify'] }),
      ['PS384'],
    ],
    ['a JWK of a secret', octet(32), ['HS256']],
  ])('fixes the algorithms: %s', (_what, key, algorithms) => {
    expect(jwtOf({ key })).toMatchObject({ algorithms, keys: { kind: 'key' } });
  });

  it('has the kid of its JWK', () => {
    expect(jwtOf({ key: jwk(ec.publicKey, { kid: 'k1' }) })).toMatchObject({ keys: { kid: 'k1' } });
    expect(jwtOf({ key: jwk(ec.publicKey, { kid: 'k1', alg: 'ES256' }) })).toMatchObject({
      keys: { kid: 'k1' },
    });
    expect(jwtOf({ key: pem(ec.publicKey) })).toMatchObject({ keys: { kid: undefined } });
  });

  const privateKey = `${KEY}; a private key stays with the issuer`;
  it.each<[string, unknown, string]>([
    ['a short secret', SECRET.slice(0, 31), KEY],
    ['nothing', '', KEY],
    ['a number', 12_345_678, KEY],
    ['null', null, KEY],
    ['a function', () => SECRET, KEY],
    ['an array', [SECRET], KEY],
    ['an empty object', {}, KEY],
    ['a private key in PEM', privatePem(rsa.privateKey), privateKey],
    ['a private key in the PEM of SEC 1', ec.privateKey.export({ type: 'sec1', format: 'pem' }), privateKey],
    [
      'an encrypted private key',
      rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
      privateKey,
    ],
    ['both halves', pem(rsa.publicKey) + privatePem(rsa.privateKey), privateKey],
    ['a private JWK', jwk(ec.privateKey), privateKey],
    ['a broken PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', KEY],
    ['a public key without its first line', pem(rsa.publicKey).replace(/-----.*-----\n/g, ''), BARE],
    [
      'a public key in base64',
      rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      BARE,
    ],
    [
      'the JSON of a JWK',
      JSON.stringify(jwk(ec.publicKey)),
      `${KEY}; a JWK is given as an object, not as its JSON`,
    ],
    ['RSA of 1,024 bits', pem(smallRsa.publicKey), 'an RSA key of 2048 bits or more'],
    ['RSA-PSS alone', pem(rsaPss.publicKey), CURVE],
    ['another curve', pem(bitcoin.publicKey), CURVE],
    ['Ed448', pem(ed448.publicKey), CURVE],
    ['a short secret as a JWK', octet(31), KEY],
    ['a JWK for encryption', jwk(rsa.publicKey, { use: 'enc' }), 'a JWK that is for signatures'],
    ['a JWK that only signs', jwk(rsa.publicKey, { key_ops: ['sign'] }), 'a JWK that is for signatures'],
    [
      'a JWK of a public key for HMAC',
      jwk(ec.publicKey, { alg: 'HS256' }),
      'a JWK whose alg is one of ES256',
    ],
    ['a JWK whose kid is none', jwk(ec.publicKey, { kid: 7 }), 'a JWK whose kid is a text'],
  ])('is refused and not shown where it is none: %s', (_what, key, allowed) => {
    const error = refusalOf({ adminApi: { jwt: { ...ISSUED, key } } });
    expect(error.message).toMatch(/^option "adminApi\.jwt\.key" is (a|an|null)\b/);
    expect(error.message.endsWith(`; allowed: ${allowed}`)).toBe(true);
    if (typeof key === 'string' && key !== '') expect(inspect(error)).not.toContain(key.slice(0, 20));
  });
});

describe('a key set of JWTs', () => {
  it('is taken with all algorithms that its keys are for, and keys for other things in it', () => {
    const jwks = { keys: [jwk(ec.publicKey), jwk(rsa.publicKey, { use: 'enc' }), { kty: 'new' }] };
    expect(jwtOf({ jwks })).toMatchObject({ algorithms: ['ES256'], keys: { kind: 'jwks', jwks } });
  });

  it.each([
    'https://login.example/keys?realm=1',
    'http://localhost:8080/keys',
    'http://127.0.0.1/keys',
    'http://[::1]:8080/',
  ])('may be at %s', (url) => {
    expect(jwtOf({ jwks: url })).toMatchObject({
      keys: { kind: 'url', url },
      algorithms: [...RSA, 'ES256', 'ES384', 'ES512', ...EDDSA],
    });
  });

  it.each<[string, unknown]>([
    ['http elsewhere', 'http://login.example/keys'],
    ['http of a name that begins like this host', 'http://localhost.example/keys'],
    ['http of an address that begins like this host', 'http://127.0.0.1.example/keys'],
    ['a URL with a password', `https://me:${SECRET}@login.example/`],
    ['a URL with a fragment', 'https://login.example/#keys'],
    ['a file', 'file:///etc/keys.json'],
    ['a path', '/etc/keys.json'],
    ['a text', SECRET],
    ['no keys', { keys: [] }],
    ['nothing', {}],
    ['an array', [jwk(ec.publicKey)]],
    ['too many', { keys: Array.from({ length: 101 }, () => jwk(ec.publicKey)) }],
    ['a private key', { keys: [jwk(ec.publicKey), jwk(ec.privateKey)] }],
    ['a secret', { keys: [jwk(ec.publicKey), octet(64)] }],
    ['nothing that verifies', { keys: [jwk(rsa.publicKey, { use: 'enc' })] }],
    ['what is no key', { keys: [jwk(ec.publicKey), null] }],
  ])('is refused and not shown where it is none: %s', (_what, jwks) => {
    const error = refusalOf({ adminApi: { jwt: { ...ISSUED, jwks } } });
    expect(error.message).toMatch(/^option "adminApi\.jwt\.jwks" is (a|an)\b/);
    expect(error.message.endsWith(`; allowed: ${JWKS}`)).toBe(true);
    expect(inspect(error)).not.toContain(SECRET);
  });
});

describe('JWTs', () => {
  const TEXT = '1 to 1024 characters, no control characters';
  it.each<[string, object, string]>([
    [
      'no issuer',
      { key: SECRET, audience: 'a' },
      `option "adminApi.jwt.issuer" is undefined; allowed: ${TEXT}`,
    ],
    [
      'no audience',
      { key: SECRET, issuer: 'i' },
      `option "adminApi.jwt.audience" is undefined; allowed: ${TEXT}`,
    ],
    [
      'an empty list of audiences',
      { key: SECRET, issuer: 'i', audience: [] },
      'option "adminApi.jwt.audience" is an array of 0; allowed: one audience at least',
    ],
    ['no key', ISSUED, 'option "adminApi.jwt" is an object; allowed: an object with either key or jwks'],
    [
      'two keys',
      { ...ISSUED, key: SECRET, jwks: 'https://login.example' },
      'option "adminApi.jwt" is an object; allowed: an object with either key or jwks',
    ],
    [
      'an algorithm that the key is not for',
      { ...ISSUED, key: pem(ec.publicKey), algorithms: ['ES256', 'HS256'] },
      'option "adminApi.jwt.algorithms[1]" is "HS256"; allowed: some of ES256, which the key is for',
    ],
    [
      'no algorithm',
      { ...ISSUED, key: pem(ec.publicKey), algorithms: [] },
      'option "adminApi.jwt.algorithms" is an array of 0; allowed: some of ES256, which the key is for',
    ],
    [
      'none as an algorithm',
      { ...ISSUED, jwks: 'https://login.example', algorithms: ['none'] },
      'option "adminApi.jwt.algorithms[0]" is "none"; allowed: some of RS256, RS384, RS512, PS256, PS384, PS512, ' +
        'ES256, ES384, ES512, EdDSA, Ed25519, which the key is for',
    ],
  ])('are refused with %s', (_what, jwt, message) => {
    expect(refusalOf({ adminApi: { jwt } }).message).toBe(message);
  });

  it('are resolved whole', () => {
    expect(jwtOf({ key: SECRET })).toMatchObject({
      ...ISSUED,
      audience: ['tacho'],
      roleClaim: 'role',
      adminRoles: ['admin'],
      viewerRoles: [],
    });
    const roles = { roleClaim: 'r', adminRoles: ['a', 'b'], viewerRoles: ['c'], algorithms: ['HS256'] };
    expect(jwtOf({ key: SECRET, audience: ['x', 'y'], ...roles })).toMatchObject({
      audience: ['x', 'y'],
      ...roles,
    });
  });
});
