import { createPublicKey, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JwtVerification } from '../../src/identity/identity.ts';
import { bearing, identifying, inWords } from './asked.ts';
import {
  CLAIMS,
  ec,
  encoded,
  es,
  hmac,
  NO_SIGNATURE,
  NOW_S,
  RSA_ALGORITHMS,
  rs,
  rsa,
  type Signer,
  signed,
  verificationBy,
} from './signed.ts';

const byRsa = verificationBy(rsa.publicKey, RSA_ALGORITHMS);
const byEc = verificationBy(ec.publicKey, ['ES256']);
const RIGHT = { alg: 'RS256', typ: 'JWT' };

const SPKI_PEM = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const SPKI_DER = rsa.publicKey.export({ type: 'spki', format: 'der' });
const PKCS1_PEM = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }) as string;
const JWK = rsa.publicKey.export({ format: 'jwk' });

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const STRANGER_JWK = stranger.publicKey.export({ format: 'jwk' });

let connections = 0;
const server = createServer(
  (_request, response) => void response.end(JSON.stringify({ keys: [STRANGER_JWK] })),
);
server.on('connection', () => connections++);
let elsewhere: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
});
afterAll(() => void server.close());

async function foundBy(jwt: JwtVerification, token: string): Promise<string> {
  return inWords(await identifying({ jwt })(bearing(token)));
}

/** By RS256, unless it says otherwise. */
const rsaToken = (header: object | string, claims: object | string = CLAIMS, signer: Signer = rs(256)) =>
  signed(header, claims, signer);
const claiming = (claims: object) => rsaToken(RIGHT, { ...CLAIMS, ...claims });

const WITHOUT_ISSUER: object = { ...CLAIMS, iss: undefined };

const cases: readonly (readonly [what: string, token: () => string, expected: string])[] = [
  ['alg none', () => rsaToken({ alg: 'none' }, CLAIMS, NO_SIGNATURE), 'jwt_algorithm'],
  ['alg None', () => rsaToken({ alg: 'None' }, CLAIMS, NO_SIGNATURE), 'jwt_algorithm'],
  ['alg nOnE', () => rsaToken({ alg: 'nOnE' }, CLAIMS, NO_SIGNATURE), 'jwt_algorithm'],
  ['alg none, signed all the same', () => rsaToken({ alg: 'none' }), 'jwt_algorithm'],
  ['an empty alg', () => rsaToken({ alg: '' }), 'jwt_malformed'],
  ['no alg', () => rsaToken({ typ: 'JWT' }), 'jwt_malformed'],
  ['several algs', () => rsaToken({ alg: ['RS256'] }), 'jwt_malformed'],
  ['alg rs256', () => rsaToken({ alg: 'rs256' }), 'jwt_algorithm'],
  ['alg __proto__', () => rsaToken({ alg: '__proto__' }), 'jwt_algorithm'],
  ['an empty signature', () => rsaToken(RIGHT, CLAIMS, NO_SIGNATURE), 'jwt_signature'],
  ['a signature of zeros', () => rsaToken(RIGHT, CLAIMS, () => Buffer.alloc(256)), 'jwt_signature'],
  [
    'the signature of another key',
    () => rsaToken(RIGHT, CLAIMS, rs(256, stranger.privateKey)),
    'jwt_signature',
  ],
  [
    'HS256 by the public key in PEM',
    () => rsaToken({ alg: 'HS256' }, CLAIMS, hmac(256, SPKI_PEM)),
    'jwt_algorithm',
  ],
  [
    'HS256 by its PEM, trimmed',
    () => rsaToken({ alg: 'HS256' }, CLAIMS, hmac(256, SPKI_PEM.trim())),
    'jwt_algorithm',
  ],
  [
    'HS256 by its PEM of PKCS #1',
    () => rsaToken({ alg: 'HS256' }, CLAIMS, hmac(256, PKCS1_PEM)),
    'jwt_algorithm',
  ],
  ['HS256 by its DER', () => rsaToken({ alg: 'HS256' }, CLAIMS, hmac(256, SPKI_DER)), 'jwt_algorithm'],
  [
    'HS512 by its DER in base64',
    () => rsaToken({ alg: 'HS512' }, CLAIMS, hmac(512, SPKI_DER.toString('base64'))),
    'jwt_algorithm',
  ],
  [
    'HS256 by its modulus',
    () => rsaToken({ alg: 'HS256' }, CLAIMS, hmac(256, String(JWK.n))),
    'jwt_algorithm',
  ],
  [
    'RS256 that is HS256 by the public key',
    () => rsaToken(RIGHT, CLAIMS, hmac(256, SPKI_PEM)),
    'jwt_signature',
  ],
  ['a kid that is a path', () => rsaToken({ ...RIGHT, kid: '../../dev/null' }), 'jwt_unknown_key'],
  [
    'a kid that is a path, signed by nothing',
    () => rsaToken({ alg: 'HS256', kid: '../../dev/null' }, CLAIMS, hmac(256, '')),
    'jwt_algorithm',
  ],
  ['a kid that is SQL', () => rsaToken({ ...RIGHT, kid: "' OR 1" }), 'jwt_unknown_key'],
  ['a kid that is __proto__', () => rsaToken({ ...RIGHT, kid: '__proto__' }), 'jwt_unknown_key'],
  ['a kid that is empty', () => rsaToken({ ...RIGHT, kid: '' }), 'jwt_unknown_key'],
  ['a kid that is null', () => rsaToken({ ...RIGHT, kid: null }), 'jwt_unknown_key'],
  ['a kid that is no text', () => rsaToken({ ...RIGHT, kid: { toString: 'k' } }), 'jwt_unknown_key'],
  ['a header with __proto__ in it', () => rsaToken('{"__proto__":{"alg":"RS256"}}'), 'jwt_malformed'],
  ['jku', () => rsaToken({ ...RIGHT, jku: elsewhere }), 'jwt_header'],
  [
    'jku, signed by the key there',
    () => rsaToken({ ...RIGHT, jku: elsewhere }, CLAIMS, rs(256, stranger.privateKey)),
    'jwt_header',
  ],
  ['x5u', () => rsaToken({ ...RIGHT, x5u: elsewhere }), 'jwt_header'],
  [
    'x5u, signed by the key there',
    () => rsaToken({ ...RIGHT, x5u: elsewhere }, CLAIMS, rs(256, stranger.privateKey)),
    'jwt_header',
  ],
  ['jwk', () => rsaToken({ ...RIGHT, jwk: JWK }), 'jwt_header'],
  [
    'jwk, signed by it',
    () => rsaToken({ ...RIGHT, jwk: STRANGER_JWK }, CLAIMS, rs(256, stranger.privateKey)),
    'jwt_header',
  ],
  ['x5c', () => rsaToken({ ...RIGHT, x5c: ['AAAA'] }), 'jwt_header'],
  ['an unknown crit', () => rsaToken({ ...RIGHT, crit: ['x'], x: 1 }), 'jwt_header'],
  ['an empty crit', () => rsaToken({ ...RIGHT, crit: [] }), 'jwt_malformed'],
  ['b64: false', () => rsaToken({ ...RIGHT, crit: ['b64'], b64: false }), 'jwt_header'],
  ['b64: false, the claims as they are', () => unencoded(), 'unknown_token'],
  ['b64: false without crit', () => rsaToken({ ...RIGHT, b64: false }), 'jwt_header'],
  ['b64: true', () => rsaToken({ ...RIGHT, crit: ['b64'], b64: true }), 'jwt_header'],
  ['no exp', () => claiming({ exp: undefined }), 'jwt_exp'],
  ['exp as a text', () => claiming({ exp: String(NOW_S + 300) }), 'jwt_exp'],
  ['exp of null', () => claiming({ exp: null }), 'jwt_exp'],
  [
    'exp of minus infinity',
    () => rsaToken(RIGHT, JSON.stringify(CLAIMS).replace(/"exp":\d+/, '"exp":-1e999')),
    'jwt_expired',
  ],
  ['exp 31 s ago', () => claiming({ exp: NOW_S - 31 }), 'jwt_expired'],
  ['exp 30 s ago', () => claiming({ exp: NOW_S - 30 }), 'jwt_expired'],
  ['exp before 1970', () => claiming({ exp: -1 }), 'jwt_expired'],
  ['nbf in 31 s', () => claiming({ nbf: NOW_S + 31 }), 'jwt_nbf'],
  ['nbf as a text', () => claiming({ nbf: '0' }), 'jwt_nbf'],
  ['another issuer', () => claiming({ iss: 'https://login.example' }), 'jwt_iss'],
  ['issuers', () => claiming({ iss: [CLAIMS.iss] }), 'jwt_iss'],
  ['no issuer', () => rsaToken(RIGHT, WITHOUT_ISSUER), 'jwt_iss'],
  ['another audience', () => claiming({ aud: 'tacho2' }), 'jwt_aud'],
  ['another audience in capitals', () => claiming({ aud: 'TACHO' }), 'jwt_aud'],
  ['no audience', () => claiming({ aud: undefined }), 'jwt_aud'],
  ['audiences, none of them ours', () => claiming({ aud: ['a', 'b'] }), 'jwt_aud'],
  ['an audience that has ours in it', () => claiming({ aud: { tacho: true } }), 'jwt_aud'],
  ['no subject', () => claiming({ sub: undefined }), 'jwt_sub'],
  ['an empty subject', () => claiming({ sub: '' }), 'jwt_no_subject'],
  ['a subject that is no text', () => claiming({ sub: 7 }), 'jwt_no_subject'],
  ['a subject of 1,025 characters', () => claiming({ sub: 'u'.repeat(1025) }), 'jwt_no_subject'],
  ['9 KB', () => claiming({ x: 'x'.repeat(6_600) }), 'jwt_too_long'],
  ['two dots alone', () => '..', 'unknown_token'],
  ['one dot', () => rsaToken(RIGHT).split('.', 2).join('.'), 'unknown_token'],
  ['three dots', () => `${rsaToken(RIGHT)}.`, 'unknown_token'],
  ['five parts, as of an encrypted one', () => `${rsaToken(RIGHT)}.a.b`, 'unknown_token'],
  ['no header', () => `.${rsaToken(RIGHT).split('.', 3).slice(1).join('.')}`, 'unknown_token'],
  [
    'no claims',
    () => `${encoded(RIGHT)}..${rs(256)(`${encoded(RIGHT)}.`).toString('base64url')}`,
    'jwt_malformed',
  ],
  ['claims that are no JSON', () => rsaToken(RIGHT, 'x'), 'jwt_malformed'],
  ['claims that are an array', () => rsaToken(RIGHT, [CLAIMS]), 'jwt_malformed'],
  ['claims that are null', () => rsaToken(RIGHT, 'null'), 'jwt_malformed'],
  ['claims that are no UTF-8', () => noUtf8(), 'jwt_malformed'],
  ['a header that is no JSON', () => rsaToken('{'), 'jwt_malformed'],
  ['a header that is an array', () => rsaToken([RIGHT]), 'jwt_malformed'],
  ['base64 with padding', () => `${rsaToken(RIGHT)}=`, 'unknown_token'],
  ['a role that is an array', () => claiming({ role: ['admin'] }), '- p-u'],
  ['a role with a blank', () => claiming({ role: 'admin ' }), '- p-u'],
  ['an unknown role', () => claiming({ role: 'root' }), '- p-u'],
  ['nothing wrong', () => claiming({ exp: NOW_S - 20 }), 'admin p-u'],
];

describe('a JWT', () => {
  it.each(cases)('with %s', async (_what, token, expected) => {
    expect(await foundBy(byRsa, token())).toBe(expected);
  });

  it.each<[string, Buffer]>([
    ['r = s = 0', Buffer.alloc(64)],
    ['an empty signature', Buffer.alloc(0)],
    [
      'r = s = n',
      Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'.repeat(2), 'hex'),
    ],
    ['a signature in DER', Buffer.from('3006020100020100', 'hex')],
  ])('by ECDSA with %s is refused', async (_what, signature) => {
    const token = signed({ alg: 'ES256' }, CLAIMS, () => signature);
    expect(await foundBy(byEc, token)).toBe('jwt_signature');
    expect(await foundBy(byEc, signed({ alg: 'ES256' }, CLAIMS, es(256)))).toBe('admin p-u');
  });

  it('by RSA of 1,024 bits is refused, whatever the configuration let through', async () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const jwt = verificationBy(createPublicKey(small.privateKey), ['RS256']);
    expect(await foundBy(jwt, signed(RIGHT, CLAIMS, rs(256, small.privateKey)))).toBe('jwt_malformed');
  });

  it('of a secret is refused where it claims to be of a public key', async () => {
    const text = 'x'.repeat(32);
    const jwt = verificationBy(createSecretKey(Buffer.from(text)), ['HS256']);
    expect(await foundBy(jwt, signed({ alg: 'HS256' }, CLAIMS, hmac(256, text)))).toBe('admin p-u');
    expect(await foundBy(jwt, signed(RIGHT, CLAIMS, rs(256)))).toBe('jwt_algorithm');
    expect(await foundBy(jwt, signed({ alg: 'HS512' }, CLAIMS, hmac(512, text)))).toBe('jwt_algorithm');
  });

  it('never has anything fetched', () => {
    expect(connections).toBe(0);
  });

  it('is refused whichever of its bytes is another', async () => {
    const right = claiming({});
    const identify = identifying({ jwt: byRsa });
    const character = fc.constantFrom(...'ABCxyz019-_.');
    await fc.assert(
      fc.asyncProperty(fc.nat(right.length - 1), character, async (at, other) => {
        fc.pre(right[at] !== other && at < right.length - 1);
        const found = await identify(bearing(`${right.slice(0, at)}${other}${right.slice(at + 1)}`));
        expect(found.kind).toBe('refused');
      }),
      { numRuns: 300 },
    );
  });

  it('may be anything, and nothing is thrown', async () => {
    const identify = identifying({ jwt: byRsa });
    const part = fc.oneof(
      fc.json().map(encoded),
      fc
        .record({ alg: fc.constantFrom('RS256', 'none', 'HS256'), kid: fc.anything() })
        .map((it) => encoded(it)),
      fc.base64String(),
      fc.string({ unit: 'grapheme-ascii' }),
    );
    const token = fc.oneof(
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.')),
      fc.json().map((claims) => rsaToken(RIGHT, claims)),
      fc.json().map((header) => rsaToken(header)),
    );
    await fc.assert(
      fc.asyncProperty(token, async (text) => {
        expect((await identify(bearing(text))).kind).toBe('refused');
      }),
      { numRuns: 300 },
    );
  });
});

/** RFC 7797: the claims stand in it as they are, dots and all. */
function unencoded(): string {
  const input = `${encoded({ ...RIGHT, crit: ['b64'], b64: false })}.${JSON.stringify(CLAIMS)}`;
  return `${input}.${rs(256)(input).toString('base64url')}`;
}

function noUtf8(): string {
  const claims = Buffer.from(JSON.stringify(CLAIMS).replace('"u"', '"\u00e9"'), 'latin1').toString(
    'base64url',
  );
  const input = `${encoded(RIGHT)}.${claims}`;
  return `${input}.${rs(256)(input).toString('base64url')}`;
}
