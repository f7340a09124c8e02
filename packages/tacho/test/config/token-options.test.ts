import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { checkOptions } from '../../src/config/check-options.ts';
import { resolveConfig } from '../../src/config/config.ts';
import { weakTokens } from '../../src/config/configured-tokens.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { tokenDigest } from '../../src/config/token-rules.ts';
import { refusalOf } from './refusal.ts';

const SECRET = 'Xyzzy';
const TOKEN = '1 to 4096 visible ASCII characters without spaces, or sha256: and 64 hex digits';
const ARRAY = `an array of at most 16, each ${TOKEN}; or an object with token, and perhaps name, role`;
const NAME = '1 to 64 characters, not only blanks, no control characters';
const ROLE = '"admin" or "viewer"';
const MANY = Array.from({ length: 17 }, (_, index) => `${SECRET}${index}`);
const DIGEST = `sha256:${tokenDigest(SECRET).toString('hex')}`;
const TWICE = 'a value that is not in the array already';

describe('tokens', () => {
  it.each([
    [SECRET, 'tokens', 'a string of 5 characters', ARRAY],
    [MANY, 'tokens', 'an array of 17', ARRAY],
    [new Set([SECRET]), 'tokens', 'an instance of Set', ARRAY],
    [{ [SECRET]: SECRET }, 'tokens', 'an object', ARRAY],
    [null, 'tokens', 'null', ARRAY],
    [[''], 'tokens[0]', 'a string of 0 characters', TOKEN],
    [[`${SECRET} ${SECRET}`], 'tokens[0]', 'a string of 11 characters', TOKEN],
    [[`${SECRET}\n`], 'tokens[0]', 'a string of 6 characters', TOKEN],
    [['ok', `${SECRET}é`], 'tokens[1]', 'a string of 6 characters', TOKEN],
    [[SECRET.repeat(820)], 'tokens[0]', 'a string of 4100 characters', TOKEN],
    [[20240501], 'tokens[0]', 'a number', TOKEN],
    [[null], 'tokens[0]', 'null', TOKEN],
    [[undefined], 'tokens[0]', 'undefined', TOKEN],
    [[`sha256:${SECRET}`], 'tokens[0]', 'a string of 12 characters', TOKEN],
    [[`SHA256:${SECRET}`], 'tokens[0]', 'a string of 12 characters', TOKEN],
    [[DIGEST.slice(0, -1)], 'tokens[0]', 'a string of 70 characters', TOKEN],
    [[SECRET, SECRET], 'tokens[1]', 'a string of 5 characters', TWICE],
    [[SECRET, { token: SECRET, role: 'viewer' }], 'tokens[1]', 'an object', TWICE],
    [[SECRET, DIGEST], 'tokens[1]', 'a string of 71 characters', TWICE],
    [[{}], 'tokens[0].token', 'undefined', TOKEN],
    [[{ token: `${SECRET} ` }], 'tokens[0].token', 'a string of 6 characters', TOKEN],
    [[{ token: [SECRET] }], 'tokens[0].token', 'an array of 1', TOKEN],
    [[{ token: 'ok', name: `${SECRET}\n` }], 'tokens[0].name', 'a string of 6 characters', NAME],
    [[{ token: 'ok', name: ' ' }], 'tokens[0].name', 'a string of 1 character', NAME],
    [[{ token: 'ok', name: SECRET.repeat(13) }], 'tokens[0].name', 'a string of 65 characters', NAME],
    [[{ token: 'ok', role: SECRET }], 'tokens[0].role', 'a string of 5 characters', ROLE],
    [[{ token: 'ok', role: ['admin'] }], 'tokens[0].role', 'an array of 1', ROLE],
    [[[SECRET]], 'tokens[0]', 'an array of 1', 'an object with token, and perhaps name, role'],
  ])('that are wrong are refused and not shown: %#', (tokens, path, seen, allowed) => {
    const error = refusalOf({ adminApi: { tokens } });
    expect(error.message).toBe(`option "adminApi.${path}" is ${seen}; allowed: ${allowed}`);
    expect(inspect(error, { depth: null })).not.toMatch(/Xyzzy|20240501/);
  });

  it.each([
    [{ [SECRET]: 'admin' }, 'option "adminApi.tokens[0]" has an unknown field; allowed: token, name, role'],
    [
      { [`a.${SECRET}.b`]: 'admin' },
      'option "adminApi.tokens[0]" has an unknown field; allowed: token, name, role',
    ],
    [
      { token: SECRET, roles: [] },
      'option "adminApi.tokens[0].roles" is unknown; did you mean "adminApi.tokens[0].role"?; allowed: token, name, role',
    ],
  ])('have fields of these names alone, and one that may be a secret is not shown: %#', (token, message) => {
    const [line] = refusalOf({ adminApi: { tokens: [token] } }).message.split('\n');
    expect(line).toBe(message);
  });

  it.each([
    { adminApi: SECRET },
    { adminApi: { token: SECRET } },
    { token: SECRET },
    { adminApi: [SECRET] },
    { adminApi: { tokens: { token: SECRET } } },
    SECRET,
    [SECRET],
  ])('are not shown where they are misplaced either: %#', (options) => {
    expect(inspect(refusalOf(options), { depth: null })).not.toContain(SECRET);
  });
});

describe('a configuration', () => {
  it('has no secret in it', () => {
    const token = `${SECRET}-token-of-many-letters`;
    const key = `${SECRET}-secret-of-32-letters-or-more`;
    const adminApi = {
      tokens: [token, { token: `${token}2`, name: 'x' }],
      jwt: { key, issuer: 'i', audience: 'a' },
    };
    const environment = readEnvironment({ TACHO_ADMIN_TOKEN: `${token}3` });
    const shown = inspect(resolveConfig(checkOptions({ adminApi }), environment), {
      depth: null,
      showHidden: true,
    });
    expect(shown).toContain("name: 'token 1'");
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(Buffer.from(SECRET).toString('hex'));
  });
});

describe('tokens that are easily guessed', () => {
  const STRONG = 'sixteen-letters!';
  const warningsOf = (options: object, variables: Record<string, string> = {}) =>
    weakTokens(checkOptions(options), readEnvironment(variables));

  it('are one warning, which names them and does not show them', () => {
    const tokens = [SECRET, STRONG, { token: 'short', name: 'wall' }, `sha256:${'0'.repeat(64)}`];
    expect(warningsOf({ adminApi: { tokens } })).toEqual([
      'these tokens have less than 16 characters, and may be guessed: adminApi.tokens[0] ("token 1"), ' +
        'adminApi.tokens[2] ("wall"); openssl rand -base64 24 makes a better one',
    ]);
  });

  it('may be in the environment', () => {
    const [warning, ...others] = warningsOf({}, { TACHO_ADMIN_TOKEN: STRONG, TACHO_VIEWER_TOKEN: SECRET });
    expect(others).toEqual([]);
    expect(warning).toContain(': TACHO_VIEWER_TOKEN ("token 2");');
  });

  it.each([
    [{ adminApi: { tokens: [STRONG] } }, { TACHO_ADMIN_TOKEN: SECRET }],
    [{ adminApi: { tokens: [] } }, { TACHO_ADMIN_TOKEN: SECRET }],
    [{ adminApi: false }, { TACHO_ADMIN_TOKEN: SECRET }],
    [{}, {}],
  ])('are none where they are not used: %#', (options, variables) => {
    expect(warningsOf(options, variables as Record<string, string>)).toEqual([]);
  });
});
