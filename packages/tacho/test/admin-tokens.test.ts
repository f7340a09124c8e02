import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { adminAccess } from '../src/admin-tokens.ts';
import type { AdminApiConfig } from '../src/config/admin-api-config.ts';
import { checkOptions } from '../src/config/check-options.ts';
import { resolveConfig } from '../src/config/config.ts';
import { readEnvironment } from '../src/config/environment.ts';

function configOf(adminApi: object, variables: Record<string, string> = {}): AdminApiConfig {
  const config = resolveConfig(checkOptions({ adminApi }), readEnvironment(variables)).adminApi;
  if (config === false) throw new Error('there is to be an admin API');
  return config;
}

const JWT = { key: 'x'.repeat(32), issuer: 'i', audience: 'a' };

describe('the admin API', () => {
  it.each<[string, object, Record<string, string>]>([
    ['a token', { tokens: ['a'] }, {}],
    ['an administrator’s token of the environment', {}, { TACHO_ADMIN_TOKEN: 'a' }],
    ['a viewer’s token of the environment', {}, { TACHO_VIEWER_TOKEN: 'a' }],
    ['JWTs', { jwt: JWT }, {}],
    ['the application', { authenticate: () => undefined }, {}],
  ])('is opened by %s, and by nothing else', (_what, options, variables) => {
    const config = configOf(options, variables);
    for (const terminal of [true, false])
      expect(adminAccess(config, terminal)).toEqual({ kind: 'configured', tokens: config.tokens });
  });

  it('is shut where nothing opens it, and nobody is there to be shown a token', () => {
    expect(adminAccess(configOf({}), false)).toEqual({ kind: 'shut' });
    expect(adminAccess(configOf({ tokens: [] }, { TACHO_ADMIN_TOKEN: 'a' }), false)).toEqual({
      kind: 'shut',
    });
  });

  it('has a token for the person at the terminal, another one each run, of which the digest is kept', () => {
    const [one, other] = [adminAccess(configOf({}), true), adminAccess(configOf({}), true)];
    if (one.kind !== 'this run' || other.kind !== 'this run') throw new Error('there is to be a token');
    expect(one.shown).toMatch(/^[\w-]{32}$/);
    expect(one.shown).not.toBe(other.shown);
    const digest = createHash('sha256').update(one.shown).digest();
    expect(one.tokens).toEqual([{ digest, name: 'token for this run', role: 'admin' }]);
  });
});
