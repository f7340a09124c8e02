import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { JwtVerification } from '../../src/identity/identity.ts';
import type { FetchKeys } from '../../src/identity/key-fetch.ts';
import { bearing, identifying, inWords, NOW_MS } from './asked.ts';
import { CLAIMS, ec, es, hmac, RSA_ALGORITHMS, rs, rsa, signed, verificationBy } from './signed.ts';

const second = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = (key: KeyObject, fields: object = {}) => ({ ...key.export({ format: 'jwk' }), ...fields });
const FIRST = jwk(ec.publicKey, { kid: 'first' });
const SECOND = jwk(second.publicKey, { kid: 'second' });

const LIVES_S = 3_600;
const tokenOf = (kid: string | undefined, key = ec.privateKey) =>
  signed({ alg: 'ES256', kid }, { ...CLAIMS, exp: CLAIMS.exp + LIVES_S }, es(256, key));

describe('a key set', () => {
  const inline = (...keys: object[]): JwtVerification => ({
    ...verificationBy(ec.publicKey, ['ES256', ...RSA_ALGORITHMS]),
    keys: { kind: 'jwks', jwks: { keys: keys as Record<string, unknown>[] } },
  });
  const found = async (jwt: JwtVerification, token: string) =>
    inWords(await identifying({ jwt })(bearing(token)));

  it('has a key for each name', async () => {
    const jwt = inline(FIRST, SECOND, jwk(rsa.publicKey));
    expect(await found(jwt, tokenOf('first'))).toBe('admin p-u');
    expect(await found(jwt, tokenOf('second', second.privateKey))).toBe('admin p-u');
    expect(await found(jwt, tokenOf('second'))).toBe('jwt_signature');
    expect(await found(jwt, tokenOf('third'))).toBe('jwt_unknown_key');
    expect(await found(jwt, signed({ alg: 'RS256' }, CLAIMS, rs(256)))).toBe('admin p-u');
    expect(await found(jwt, signed({ alg: 'RS256', kid: 'first' }, CLAIMS, rs(256)))).toBe('jwt_unknown_key');
  });

  it('has none for a token without a name that several could have signed', async () => {
    expect(await found(inline(FIRST, SECOND), tokenOf(undefined))).toBe('jwt_unknown_key');
  });

  it.each(['../../dev/null', "' OR 1", '__proto__', 'constructor'])('has none named %s', async (kid) => {
    expect(await found(inline(FIRST, SECOND), tokenOf(kid))).toBe('jwt_unknown_key');
  });

  it('never has a public key for a secret', async () => {
    const jwt = inline(FIRST, jwk(rsa.publicKey));
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
    expect(await found(jwt, signed({ alg: 'HS256' }, CLAIMS, hmac(256, pem)))).toBe('jwt_algorithm');
  });

  it('holds to what a key is for', async () => {
    const token = signed({ alg: 'RS256' }, CLAIMS, rs(256));
    expect(await found(inline(jwk(rsa.publicKey, { alg: 'RS512' })), token)).toBe('jwt_unknown_key');
    expect(await found(inline(jwk(rsa.publicKey, { use: 'enc' })), token)).toBe('jwt_unknown_key');
    expect(await found(inline(jwk(rsa.publicKey, { alg: 'RS256', use: 'sig' })), token)).toBe('admin p-u');
  });
});

describe('a key set elsewhere', () => {
  let server: Server;
  let url: string;
  let asked: number;
  let answer: RequestListener;
  let nowMs: number;
  let warnings: string[];

  beforeEach(async () => {
    asked = 0;
    nowMs = NOW_MS;
    warnings = [];
    answer = answering({ keys: [FIRST] });
    // What keeps the keys reads the time by itself.
    jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
    server = createServer((request, response) => {
      asked++;
      answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  function answering(body: unknown, status = 200): RequestListener {
    return (_request, response) => response.writeHead(status).end(JSON.stringify(body));
  }

  function identifyingFrom(fetchKeys: FetchKeys = (target, init) => fetch(target, init)) {
    const jwt: JwtVerification = { ...verificationBy(ec.publicKey, ['ES256']), keys: { kind: 'url', url } };
    const identify = identifying({
      jwt,
      clock: { now: () => nowMs, every: () => () => {} },
      fetch: fetchKeys,
      warn: (line) => warnings.push(line),
    });
    return async (token: string) => inWords(await identify(bearing(token)));
  }

  it('is fetched once, and only when a token needs it', async () => {
    const found = identifyingFrom();
    expect(await found('..')).toBe('unknown_token');
    expect(await found(signed({ alg: 'none' }, CLAIMS, es(256)))).toBe('jwt_algorithm');
    expect(await found(signed({ alg: 'ES256', jku: url }, CLAIMS, es(256)))).toBe('jwt_header');
    expect(asked).toBe(0);
    const all = await Promise.all(Array.from({ length: 20 }, () => found(tokenOf('first'))));
    expect(new Set(all)).toEqual(new Set(['admin p-u']));
    expect(asked).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('has the new key as soon as a token is signed with it', async () => {
    const found = identifyingFrom();
    expect(await found(tokenOf('first'))).toBe('admin p-u');
    answer = answering({ keys: [FIRST, SECOND] });
    nowMs += 31_000;
    expect(await found(tokenOf('second', second.privateKey))).toBe('admin p-u');
    expect(asked).toBe(2);
  });

  it('is asked for once in 30 seconds, however many keys nobody knows', async () => {
    const found = identifyingFrom();
    const flood = async () => {
      for (let n = 0; n < 30; n++) await Promise.all([`${n}a`, `${n}b`].map((kid) => found(tokenOf(kid))));
    };
    await flood();
    expect(asked).toBe(1);
    expect(await found(tokenOf('first'))).toBe('admin p-u');
    nowMs += 29_999;
    await flood();
    expect(asked).toBe(1);
    nowMs += 2;
    await flood();
    expect(asked).toBe(2);
    expect(await found(tokenOf('first'))).toBe('admin p-u');
  });

  it('forgets a key that is withdrawn, within ten minutes', async () => {
    const found = identifyingFrom();
    expect(await found(tokenOf('first'))).toBe('admin p-u');
    answer = answering({ keys: [SECOND] });
    nowMs += 599_000;
    expect(await found(tokenOf('first'))).toBe('admin p-u');
    nowMs += 2_000;
    expect(await found(tokenOf('first'))).toBe('jwt_unknown_key');
  });

  it.each<[string, () => RequestListener, string]>([
    ['fails', () => answering({}, 500), 'Error: the answer has the status 500'],
    [
      'leads elsewhere',
      () => (_request, response) => response.writeHead(302, { location: url }).end(),
      'status 302',
    ],
    [
      'is no JSON',
      () => (_request, response) => response.end('<html>'),
      'Error: the answer is no JSON Web Key Set',
    ],
    ['is no key set', () => answering({ keys: 'none' }), 'Error: the answer is no JSON Web Key Set'],
    [
      'breaks off',
      () => (_request, response) => response.writeHead(200, { 'content-length': 9 }).destroy(),
      '',
    ],
    [
      'is endless',
      () => (_request, response) => void response.end('x'.repeat(2 ** 20)),
      'Error: the answer is longer than 524288 bytes',
    ],
  ])(
    'that %s lets nobody in, is told, and is asked for again after 30 seconds',
    async (_what, wrong, told) => {
      answer = wrong();
      const found = identifyingFrom();
      for (let n = 0; n < 10; n++) expect(await found(tokenOf('first'))).toBe('jwt_no_keys');
      expect(asked).toBe(1);
      expect(warnings).toEqual([expect.stringContaining(told)]);
      for (const line of warnings)
        expect(line).toMatch(/^the keys of adminApi\.jwt\.jwks could not be fetched: [^\n]+$/);
      answer = answering({ keys: [FIRST] });
      nowMs += 30_000;
      expect(await found(tokenOf('first'))).toBe('admin p-u');
    },
  );

  it('is asked for by what it is handed, and without following anybody', async () => {
    const inits: unknown[] = [];
    const found = identifyingFrom(async (target, { method, redirect, signal }) => {
      inits.push({ target, method, redirect, limited: signal instanceof AbortSignal });
      return new Response(JSON.stringify({ keys: [FIRST] }));
    });
    expect(await found(tokenOf('first'))).toBe('admin p-u');
    expect(inits).toEqual([{ target: url, method: 'GET', redirect: 'manual', limited: true }]);
    expect(asked).toBe(0);
  });

  it('is known again where the clock was set back', async () => {
    answer = answering({}, 500);
    const found = identifyingFrom();
    expect(await found(tokenOf('first'))).toBe('jwt_no_keys');
    answer = answering({ keys: [FIRST] });
    nowMs -= 3_600_000;
    expect(await found(tokenOf('first'))).toBe('admin p-u');
  });
});
