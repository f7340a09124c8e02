import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDisabled } from '../../src/config/disabled.ts';
import { readEnvironment } from '../../src/config/environment.ts';

const NOTHING = {
  serviceName: undefined,
  serviceVersion: undefined,
  traces: undefined,
  http: undefined,
  instrumentations: undefined,
  adminPort: undefined,
  adminHost: undefined,
  adminTokens: undefined,
  viewerTokens: undefined,
  adminAllowedHosts: undefined,
  adminTrustedProxies: undefined,
  store: undefined,
  retentionDays: undefined,
  maxStoreBytes: undefined,
  encryptionKeys: undefined,
  mail: undefined,
  webhook: undefined,
  alertRules: undefined,
  warnings: [],
};
const STORE =
  '"memory", or the path of a file: with a / or \\ in it, or ending in .db or .sqlite; no URL, no ~';
const MEGABYTE = 2 ** 20;
const TOKEN = '1 to 4096 visible ASCII characters without spaces, or sha256: and 64 hex digits';
const DIGEST = `sha256:${'0f'.repeat(32)}`;
const PROXY = 'an IP address, or a network such as "10.0.0.0/8" or "fd00::/8"';

function warningsOf(variables: Record<string, string>): readonly string[] {
  return readEnvironment(variables).warnings;
}

describe('the environment', () => {
  it.each(['', ' ', '\t\n'])('sets nothing where variables are empty: %p', (empty) => {
    const names = ['OTEL_SERVICE_NAME', 'TACHO_ADMIN_TOKEN', 'TACHO_ADMIN_PORT', 'TACHO_ADMIN_HOST'];
    names.push('TACHO_STORE', 'TACHO_DISABLED', 'OTEL_SDK_DISABLED', 'TACHO_RETENTION_DAYS');
    names.push('TACHO_MAX_STORE_BYTES', 'TACHO_ENCRYPTION_KEY', 'TACHO_ENCRYPTION_KEY_FILE');
    names.push('TACHO_TRACES', 'TACHO_HTTP', 'TACHO_VIEWER_TOKEN');
    names.push('TACHO_ADMIN_ALLOWED_HOSTS', 'TACHO_ADMIN_TRUSTED_PROXIES', 'TACHO_SMTP_URL');
    names.push('TACHO_MAIL_FROM', 'TACHO_MAIL_TO', 'TACHO_WEBHOOK_URL', 'TACHO_WEBHOOK_SECRET');
    expect(readEnvironment(Object.fromEntries(names.map((name) => [name, empty])))).toEqual(NOTHING);
    expect(readEnvironment({})).toEqual(NOTHING);
  });

  it.each([
    ['OTEL_SERVICE_NAME', ' shop ', { serviceName: 'shop' }],
    ['OTEL_RESOURCE_ATTRIBUTES', 'a=b, service.version = 1.2%2D3 ,c=d', { serviceVersion: '1.2-3' }],
    ['OTEL_RESOURCE_ATTRIBUTES', 'service.version=%ZZ', {}],
    ['TACHO_TRACES', 'on', { traces: 'on' }],
    ['TACHO_TRACES', ' off ', { traces: 'off' }],
    ['TACHO_HTTP', 'lean', { http: 'lean' }],
    ['TACHO_INSTRUMENTATIONS', 'auto', { instrumentations: 'auto' }],
    ['TACHO_HTTP', 'standard', { http: 'standard' }],
    ['TACHO_ADMIN_PORT', '0', { adminPort: 0 }],
    ['TACHO_ADMIN_PORT', ' 5 ', { adminPort: 5 }],
    ['TACHO_ADMIN_PORT', '0080', { adminPort: 80 }],
    ['TACHO_ADMIN_PORT', '65535', { adminPort: 65_535 }],
    ['TACHO_ADMIN_HOST', '::', { adminHost: '::' }],
    ['TACHO_ADMIN_HOST', 'localhost', { adminHost: 'localhost' }],
    ['TACHO_ADMIN_TOKEN', 'secret', { adminTokens: ['secret'] }],
    ['TACHO_ADMIN_TOKEN', ' a , b ,, a,', { adminTokens: ['a', 'b'] }],
    ['TACHO_ADMIN_TOKEN', ',,', {}],
    ['TACHO_ADMIN_TOKEN', DIGEST, { adminTokens: [DIGEST] }],
    ['TACHO_VIEWER_TOKEN', 'a,b', { viewerTokens: ['a', 'b'] }],
    [
      'TACHO_ADMIN_ALLOWED_HOSTS',
      ' a.example , *.b.example:80,',
      { adminAllowedHosts: ['a.example', '*.b.example:80'] },
    ],
    ['TACHO_ADMIN_TRUSTED_PROXIES', '::1,10.0.0.0/8', { adminTrustedProxies: ['::1', '10.0.0.0/8'] }],
    ['TACHO_STORE', 'memory', { store: 'memory' }],
    ['TACHO_STORE', ' ./tacho.db ', { store: './tacho.db' }],
    ['TACHO_RETENTION_DAYS', '365', { retentionDays: 365 }],
    ['TACHO_MAX_STORE_BYTES', '1099511627776', { maxStoreBytes: 2 ** 40 }],
  ])('is understood: %s=%s', (name, value, settings) => {
    expect(readEnvironment({ [name]: value })).toEqual({ ...NOTHING, ...settings });
  });

  const wrongPorts = [
    'abc',
    '1e9',
    '0x10',
    '١٢',
    '-1',
    '+1',
    '1.5',
    '1 2',
    '65536',
    '٠',
    '1_000',
    '9'.repeat(16),
  ];
  wrongPorts.push('tcp:10.0.0.1');
  it.each([
    ...wrongPorts.map((value) => ['TACHO_ADMIN_PORT', value, 'a whole number from 0 to 65535'] as const),
    ['TACHO_TRACES', 'OFF', '"on" or "off"'],
    ['TACHO_TRACES', 'false', '"on" or "off"'],
    ['TACHO_TRACES', '0', '"on" or "off"'],
    ['TACHO_HTTP', 'Lean', '"lean" or "standard"'],
    ['TACHO_HTTP', 'constructor', '"lean" or "standard"'],
    ['TACHO_ADMIN_HOST', 'localhost:80', 'an IP address or a host name, without a port'],
    ['TACHO_ADMIN_HOST', 'a b', 'an IP address or a host name, without a port'],
    ['OTEL_SERVICE_NAME', 'a\u0007b', '1 to 255 characters, not only blanks, no control characters'],
    ['TACHO_STORE', 'Memory', STORE],
    ['TACHO_STORE', 'memroy', STORE],
    ['TACHO_STORE', './a\0.db', STORE],
    ['TACHO_RETENTION_DAYS', '0', 'a whole number from 1 to 3650'],
    ['TACHO_RETENTION_DAYS', '30d', 'a whole number from 1 to 3650'],
    ['TACHO_RETENTION_DAYS', '1e2', 'a whole number from 1 to 3650'],
    ['TACHO_MAX_STORE_BYTES', '2GiB', 'a whole number from 16777216 to 1099511627776'],
    ['TACHO_MAX_STORE_BYTES', '16777215', 'a whole number from 16777216 to 1099511627776'],
    ...['2', 'yes', 'on', 'off', 'no', 'truely', '1.0', '00'].flatMap((value) => [
      ['TACHO_DISABLED', value, 'true, 1, false or 0'] as const,
      ['OTEL_SDK_DISABLED', value, 'true, 1, false or 0'] as const,
    ]),
  ])('is left out and told where it is wrong: %s=%s', (name, value, allowed) => {
    const shown = JSON.stringify(value);
    expect(readEnvironment({ [name]: value })).toEqual({
      ...NOTHING,
      warnings: [`${name} is ${shown}; allowed: ${allowed}. It is left out.`],
    });
  });

  it('takes what is right of a list, and shows the first thing that is wrong', () => {
    const { adminTrustedProxies, warnings } = readEnvironment({
      TACHO_ADMIN_TRUSTED_PROXIES: '10.0.0.1, 10.0.0.0/33, nonsense, ::/128',
    });
    expect(adminTrustedProxies).toEqual(['10.0.0.1', '::/128']);
    expect(warnings).toEqual([
      `TACHO_ADMIN_TRUSTED_PROXIES has "10.0.0.0/33" in it; allowed: at most 100, separated by commas, each ${PROXY}. ` +
        'What is wrong is left out.',
    ]);
  });

  it('has a token of both roles as an administrator’s', () => {
    expect(readEnvironment({ TACHO_ADMIN_TOKEN: 'a,b', TACHO_VIEWER_TOKEN: 'b,c' })).toMatchObject({
      adminTokens: ['a', 'b'],
      viewerTokens: ['c'],
      warnings: [],
    });
  });

  it('is told once a variable, all of them', () => {
    const wrong = { TACHO_ADMIN_PORT: 'x', TACHO_STORE: 'x', TACHO_DISABLED: 'x', OTEL_SDK_DISABLED: 'x' };
    const named = warningsOf(wrong).map((warning) => warning.split(' ')[0]);
    expect(named.sort()).toEqual(Object.keys(wrong).sort());
  });

  it.each([
    ['TACHO_ADMIN_TOKENS', 'TACHO_ADMIN_TOKEN'],
    ['TACHO_VIEWER_TOKENS', 'TACHO_VIEWER_TOKEN'],
    ['TACHO_ADMIN_ALLOWED_HOST', 'TACHO_ADMIN_ALLOWED_HOSTS'],
    ['TACHO_ADMINPORT', 'TACHO_ADMIN_PORT'],
    ['TACHO_DISABLE', 'TACHO_DISABLED'],
    ['TACHO_STROE', 'TACHO_STORE'],
    ['TACHO_TRACE', 'TACHO_TRACES'],
    ['TACHO_HTPP', 'TACHO_HTTP'],
    ['TACHO_RETENTION_DAY', 'TACHO_RETENTION_DAYS'],
    ['TACHO_ENCRYPTION_KEYS', 'TACHO_ENCRYPTION_KEY'],
    ['TACHO_ENCRYPTION_KEYFILE', 'TACHO_ENCRYPTION_KEY_FILE'],
  ])('is told where a name of ours has a slip in it: %s', (name, meant) => {
    expect(warningsOf({ [name]: 'hidden' })).toEqual([
      `${name} is unknown; did you mean ${meant}? It is left out.`,
    ]);
  });

  it('may hold what is of others', () => {
    expect(
      warningsOf({ TACHO_SOMETHING_ELSE: '1', TACHOMETER: '1', OTEL_LOG_LEVEL: 'x', PATH: '/' }),
    ).toEqual([]);
  });
});

describe('secrets in the environment', () => {
  it.each([
    ['Xyzzy Xyzzy', undefined, 'has 1 of 1 tokens'],
    ['good,Xyzzy é,Xyzzyä', ['good'], 'has 2 of 3 tokens'],
    ['Xyzzy\u0000', undefined, 'has 1 of 1 tokens'],
    ['Xyzzy'.repeat(1000), undefined, 'has 1 of 1 tokens'],
    [
      Array.from({ length: 20 }, (_, index) => `Xyzzy${index}`).join(),
      Array.from({ length: 16 }, (_, index) => `Xyzzy${index}`),
      'has 4 of 20 tokens',
    ],
  ])('are not shown where a token is wrong, and the others are taken: %#', (value, adminTokens, told) => {
    const settings = readEnvironment({ TACHO_ADMIN_TOKEN: value });
    expect(settings.adminTokens).toEqual(adminTokens);
    expect(settings.warnings).toEqual([
      `TACHO_ADMIN_TOKEN ${told} that can't be taken; allowed: at most 16, separated by commas, each ${TOKEN}. They are left out.`,
    ]);
  });

  it.each(['TACHO_STORE', 'TACHO_ADMIN_HOST', 'TACHO_ADMIN_PORT', 'TACHO_DISABLED'])(
    'are not shown where they are part of a URL: %s',
    (name) => {
      const [warning] = warningsOf({ [name]: 'clickhouse://me:Xyzzy@host:8123/base?password=Xyzzy' });
      expect(warning).toContain(`${name} is "clickhouse://…"; allowed: `);
      expect(warning).not.toContain('Xyzzy');
    },
  );
});

describe('a value of a megabyte', () => {
  it.each([
    ['OTEL_SERVICE_NAME', 'x'],
    ['TACHO_ADMIN_TOKEN', 'x'],
    ['TACHO_ADMIN_TOKEN', 'é,'],
    ['TACHO_ADMIN_ALLOWED_HOSTS', 'a.'],
    ['TACHO_ADMIN_ALLOWED_HOSTS', ':,'],
    ['TACHO_ADMIN_ALLOWED_HOSTS', '['],
    ['TACHO_ADMIN_TRUSTED_PROXIES', '/'],
    ['TACHO_ADMIN_PORT', '1'],
    ['TACHO_ADMIN_HOST', 'a.'],
    ['TACHO_ADMIN_HOST', 'a-'],
    ['TACHO_STORE', '\n'],
    ['TACHO_TRACES', 'o'],
    ['TACHO_HTTP', 'l'],
    ['TACHO_DISABLED', '/'],
    ['TACHO_ENCRYPTION_KEY', 'a'],
    ['TACHO_ENCRYPTION_KEY', 'é,'],
    ['TACHO_ENCRYPTION_KEY_FILE', '/'],
    ['TACHO_ENCRYPTION_KEY_FILE', 'x'],
    ['TACHO_RETENTION_DAYS', '1'],
    ['OTEL_SDK_DISABLED', 't'],
  ])('is one short warning at most, at once: %s of %p', (name, unit) => {
    const startMs = performance.now();
    const { warnings } = readEnvironment({ [name]: unit.repeat(MEGABYTE / unit.length) });
    expect(performance.now() - startMs).toBeLessThan(5000);
    expect(warnings.length).toBeLessThanOrEqual(1);
    expect(warnings.join().length).toBeLessThan(400);
  });
});

describe('whatever the environment is', () => {
  const names = ['OTEL_SERVICE_NAME', 'TACHO_ADMIN_TOKEN', 'TACHO_ADMIN_PORT', 'TACHO_ADMIN_HOST'];
  names.push('TACHO_STORE', 'TACHO_DISABLED', 'OTEL_SDK_DISABLED', 'TACHO_STOREE', 'TACHO_RETENTION_DAYS');
  names.push('TACHO_MAX_STORE_BYTES', 'TACHO_ENCRYPTION_KEY', 'TACHO_ENCRYPTION_KEY_FILE');
  names.push('TACHO_TRACES', 'TACHO_HTTP', 'TACHO_VIEWER_TOKEN');
  names.push('TACHO_ADMIN_ALLOWED_HOSTS', 'TACHO_ADMIN_TRUSTED_PROXIES');
  const variables = fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 300 }));

  it('nothing is thrown, and every warning is one line without control characters', () => {
    fc.assert(
      fc.property(variables, (environment) => {
        isDisabled(environment);
        for (const warning of readEnvironment(environment).warnings) expect(warning).not.toMatch(/\p{C}/u);
      }),
      { numRuns: 300 },
    );
  });
});

describe('isDisabled', () => {
  it.each(['true', 'TRUE', 'True', '1', ' 1 '])('is so by either variable: %p', (value) => {
    expect(isDisabled({ TACHO_DISABLED: value })).toBe(true);
    expect(isDisabled({ OTEL_SDK_DISABLED: value })).toBe(true);
    expect(isDisabled({ TACHO_DISABLED: 'false', OTEL_SDK_DISABLED: value })).toBe(true);
  });

  it.each(['', 'false', 'FALSE', '0', 'yes', 'on', '2', 'truetrue'])('is not so otherwise: %p', (value) => {
    expect(isDisabled({ TACHO_DISABLED: value, OTEL_SDK_DISABLED: value })).toBe(false);
    expect(isDisabled({})).toBe(false);
  });
});
