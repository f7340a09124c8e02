import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StaticToken } from '../../src/identity/identity.ts';
import { bearing, identifying, inWords, requestWith } from './asked.ts';

const TOKEN = 'k3ep-0ut!of#this$place%please&32';
const OLD = 'old';
const VIEWER = '~'.repeat(4096);

function known(token: string, name: string, role: 'admin' | 'viewer' = 'admin'): StaticToken {
  return { digest: createHash('sha256').update(token).digest(), name, role };
}

const tokens = [known(OLD, 'token 1'), known(TOKEN, 'ops'), known(VIEWER, 'wall', 'viewer')];
const identify = identifying({ tokens });
const found = async (request: Parameters<typeof identify>[0]) => inWords(await identify(request));

describe('a static token', () => {
  it.each([
    [OLD, 'admin token 1'],
    [TOKEN, 'admin ops'],
    [VIEWER, 'viewer wall'],
  ])('has its name and its role: %#', async (token, expected) => {
    expect(await found(bearing(token))).toBe(expected);
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('is taken with the scheme %s', async (scheme) => {
    expect(await found(requestWith('aUTHORIZATION', `${scheme} ${TOKEN}`))).toBe('admin ops');
  });

  it.each([0, 1, 31, 33, 10_240])('of %d characters is refused like any other', async (length) => {
    const wrong = length > 33 ? 'a'.repeat(length) : `${TOKEN}x`.slice(0, length);
    expect(wrong).toHaveLength(length);
    expect(await found(bearing(wrong))).toBe(length === 0 ? 'no_bearer_token' : 'unknown_token');
  });

  it('is not opened by its own digest', async () => {
    const digest = createHash('sha256').update(TOKEN).digest();
    for (const text of [
      digest.toString('hex'),
      `sha256:${digest.toString('hex')}`,
      digest.toString('base64'),
    ])
      expect(await found(bearing(text))).toBe('unknown_token');
  });

  it('is the only text that is ever accepted', async () => {
    const near = fc
      .tuple(
        fc.constantFrom(OLD, TOKEN, VIEWER),
        fc.nat(),
        fc.string({ unit: 'grapheme-ascii', maxLength: 3 }),
      )
      .map(([token, at, text]) => `${token.slice(0, at % (token.length + 1))}${text}`);
    const text = fc.oneof(near, fc.string({ unit: 'grapheme-ascii' }), fc.string({ unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(text, async (token) => {
        const accepted = !/^(?:no_bearer|unknown)_token$/.test(await found(bearing(token)));
        expect(accepted).toBe([OLD, TOKEN, VIEWER].includes(token));
      }),
      { numRuns: 2000, examples: [[TOKEN], [OLD]] },
    );
  });
});

describe('an Authorization header', () => {
  it.each([
    ['none', [], 'anonymous'],
    ['none among others', ['Host', 'localhost', 'Cookie', `token=${TOKEN}`], 'anonymous'],
    ['for a proxy', ['Proxy-Authorization', `Bearer ${TOKEN}`], 'anonymous'],
    ['as the value of another', ['X', 'authorization', 'Y', `Bearer ${TOKEN}`], 'anonymous'],
    ['empty', ['Authorization', ''], 'no_bearer_token'],
    ['Basic', ['Authorization', `Basic ${btoa(`user:${TOKEN}`)}`], 'no_bearer_token'],
    ['without a scheme', ['Authorization', TOKEN], 'no_bearer_token'],
    ['two spaces', ['Authorization', `Bearer  ${TOKEN}`], 'no_bearer_token'],
    ['a tab', ['Authorization', `Bearer\t${TOKEN}`], 'no_bearer_token'],
    ['more behind it', ['Authorization', `Bearer ${TOKEN} x`], 'no_bearer_token'],
    ['a line break behind it', ['Authorization', `Bearer ${TOKEN}\n`], 'no_bearer_token'],
    ['non-ASCII', ['Authorization', 'Bearer t\u00f6ken'], 'no_bearer_token'],
    ['a control character', ['Authorization', `Bearer ${TOKEN}\u0000`], 'no_bearer_token'],
    ['two', ['Authorization', `Bearer ${TOKEN}`, 'AUTHORIZATION', 'Bearer x'], 'two_authorizations'],
    [
      'two, an empty one first',
      ['Authorization', '', 'Authorization', `Bearer ${TOKEN}`],
      'two_authorizations',
    ],
    [
      'two alike',
      ['Authorization', `Bearer ${TOKEN}`, 'Authorization', `Bearer ${TOKEN}`],
      'two_authorizations',
    ],
    ['two tokens in one', ['Authorization', `Bearer ${TOKEN}, Bearer ${TOKEN}`], 'no_bearer_token'],
  ])('that has %s', async (_what, rawHeaders, expected) => {
    expect(await found(requestWith(...rawHeaders))).toBe(expected);
  });
});

describe('without tokens', () => {
  it.each([TOKEN, 'undefined', ''])('nobody has an identity: %j', async (token) => {
    expect(inWords(await identifying()(bearing(token)))).toMatch(/_token$/);
  });
});
