import { afterEach, describe, expect, it } from '@jest/globals';
import { TachoError } from '@tacho/core';
import fc from 'fast-check';
import { checkOptions } from '../../src/config/check-options.ts';
import { resolveConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { refusalOf } from './refusal.ts';

const thrown = new Error('no entry');
const throwing = (): never => {
  throw thrown;
};

describe('options that fight back', () => {
  it('may throw from a getter, which is told and kept as the cause', () => {
    const error = refusalOf(Object.defineProperty({}, 'user', { get: throwing, enumerable: true }));
    expect(error.message).toBe('option "user" threw when it was read; allowed: a value that can be read');
    expect(error.cause).toBe(thrown);
  });

  it.each<[trap: keyof ProxyHandler<object>, path: string]>([
    ['ownKeys', 'adminApi'],
    ['getPrototypeOf', 'adminApi'],
    ['getOwnPropertyDescriptor', 'adminApi'],
    ['get', 'adminApi.port'],
  ])('may be a proxy whose %s trap throws', (trap, path) => {
    const adminApi = new Proxy({ port: 1 }, { [trap]: throwing });
    const error = refusalOf({ adminApi });
    expect(error.message).toContain(`option "${path}" threw when it was read; allowed: `);
    expect(error.cause).toBe(thrown);
  });

  it.each([
    '',
    'adminApi',
    'adminApi.tokens',
    'adminApi.jwt',
    'adminApi.jwt.key',
    'adminApi.jwt.jwks',
    'adminApi.jwt.audience',
    'adminApi.allowedHosts',
    'adminApi.rateLimit',
    'logger',
    'ignorePaths',
    'store',
    'traces',
    'maxEndpoints',
    'retentionDays',
    'encryptionKey',
    'backup',
    'backup.every',
  ])('may be a revoked proxy: %s', (path) => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    const options = path
      .split('.')
      .reduceRight<unknown>((inner, name) => (name === '' ? inner : { [name]: inner }), proxy);
    expect(refusalOf(options)).toBeInstanceOf(TachoError);
  });

  it('may throw from the elements of an array, or lie about its length', () => {
    const tokens = Object.defineProperty(['a'], '0', { get: throwing });
    expect(refusalOf({ adminApi: { tokens } }).cause).toBe(thrown);
    const endless = new Proxy([], { get: (_, name) => (name === 'length' ? Number.POSITIVE_INFINITY : 'x') });
    expect(refusalOf({ ignorePaths: endless }).message).toContain('"ignorePaths" is an array of Infinity');
  });

  it('may contain themselves', () => {
    const options: Record<string, unknown> = {};
    options.adminApi = options;
    expect(refusalOf(options).message).toMatch(/^option "adminApi.adminApi" is unknown/);
  });

  it('may be frozen, or have no prototype', () => {
    const options = Object.freeze(Object.assign(Object.create(null), { maxEndpoints: 10 }));
    expect(checkOptions(options)).toEqual({ maxEndpoints: 10 });
  });

  it('are read once, and copied', () => {
    let reads = 0;
    const tokens = ['a'];
    const options = {
      get adminApi() {
        reads++;
        return { tokens };
      },
    };
    const checked = checkOptions(options);
    tokens.push('not visible');
    expect(reads).toBe(1);
    expect(checked).toEqual({ adminApi: { tokens: ['a'] } });
  });

  it('count only with what is their own, named by text and enumerable', () => {
    const options = { [Symbol('store')]: 'disk' };
    Object.defineProperty(options, 'store', { value: 'disk', enumerable: false });
    expect(checkOptions(options)).toEqual({});
  });
});

describe('a polluted Object.prototype', () => {
  const polluted = [
    'adminApi',
    'port',
    'tokens',
    'token',
    'name',
    'role',
    'jwt',
    'TACHO_ADMIN_PORT',
    'serviceName',
    'store',
    'minutes',
    'keep',
    'every',
  ];
  afterEach(() => {
    for (const name of polluted) Reflect.deleteProperty(Object.prototype, name);
  });

  it('sets nothing', () => {
    const clean = resolveConfig(checkOptions(undefined), readEnvironment({}));
    const setPort = (): void => {
      for (const name of polluted)
        Object.defineProperty(Object.prototype, name, { value: '1', configurable: true, enumerable: true });
    };
    setPort();
    const configs = [undefined, {}, { adminApi: {}, privacy: {}, thresholds: {}, retentionDays: {} }].map(
      (options) => resolveConfig(checkOptions(options), readEnvironment({})),
    );
    for (const name of polluted) Reflect.deleteProperty(Object.prototype, name);
    for (const config of configs) expect(config).toEqual(clean);
  });
});

describe('whatever the options are', () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  const fields = (...names: string[]) =>
    fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] });
  const key = fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString('base64'));
  const nearlyOptions = fc.record(
    {
      serviceName: fc.oneof(fc.string({ unit: 'binary' }), anything),
      adminApi: fc.oneof(
        fields('listen', 'port', 'host', 'tokens', 'jwt', 'authenticate'),
        fields('trustedProxies', 'allowedHosts', 'allowedOrigins', 'rateLimit'),
        fc.record({ tokens: fc.array(fc.oneof(fields('token', 'name', 'role'), fc.string(), anything)) }),
        fc.record({ jwt: fields('key', 'jwks', 'issuer', 'audience', 'algorithms', 'roleClaim') }),
        fc.record({ trustedProxies: fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), anything)) }),
        fc.record({ allowedHosts: fc.array(fc.oneof(fc.domain(), fc.ipV6(), fc.string())) }),
        fc.record({ allowedOrigins: fc.array(fc.oneof(fc.webUrl(), fc.string())) }),
        fc.constant(false),
        anything,
      ),
      store: fc.oneof(fc.constant('memory'), fc.string({ unit: 'binary' }), fc.webPath(), anything),
      retentionDays: fc.oneof(fc.nat(), fields('minutes', 'hours', 'days'), anything),
      maxStoreBytes: fc.oneof(fc.maxSafeNat(), anything),
      encryptionKey: fc.oneof(key, fc.array(fc.oneof(key, anything)), anything),
      backup: fc.oneof(
        fc.constant(false),
        fc.constant({ every: '1d' }),
        fields('every', 'keep', 'dir'),
        anything,
      ),
      user: fc.oneof(fc.func(fc.string()), anything),
      logger: fc.oneof(fc.constant(console), fields('info', 'warn', 'error'), anything),
      ignorePaths: fc.oneof(fc.array(fc.webPath()), anything),
      maxEndpoints: fc.oneof(fc.integer(), fc.double(), anything),
      privacy: fc.oneof(fields('path', 'query', 'headers', 'clientAddress', 'errorText'), anything),
      thresholds: fc.oneof(
        fc.record(
          { cpuWarning: fc.double({ min: 0, max: 100 }), cpuCritical: fc.double({ min: 0, max: 100 }) },
          { requiredKeys: [] },
        ),
        anything,
      ),
      diskPath: fc.oneof(fc.string(), anything),
    },
    { requiredKeys: [] },
  );
  const traps = fc.subarray(['get', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'] as const);

  it.each([
    ['anything', anything],
    ['nearly options', nearlyOptions],
  ])('they give a configuration or a TachoError, and nothing else: %s', (_name, arbitrary) => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<unknown>, (options) => checkRefusal(configOrRefusal(options))),
      { numRuns: 500 },
    );
  });

  it('they do so behind proxies that throw, too', () => {
    fc.assert(
      fc.property(nearlyOptions, traps, traps, (target, outer, inner) => {
        const throwingAt = (names: readonly string[]) =>
          Object.fromEntries(names.map((name) => [name, throwing]));
        const adminApi = new Proxy({ port: 1, tokens: ['a'] }, throwingAt(inner));
        const options = new Proxy({ ...target, adminApi }, throwingAt(outer));
        checkRefusal(configOrRefusal(options));
      }),
      { numRuns: 300 },
    );
  });

  function checkRefusal(message: string | undefined): void {
    if (message === undefined) return;
    expect(message).toMatch(/^(option "|the argument of startMonitoring )/);
    expect(message).not.toMatch(/[^\P{C}\n]/u);
    expect(message.length).toBeLessThan(5000);
  }

  /** The message of a refusal, or undefined for a whole and frozen configuration. */
  function configOrRefusal(options: unknown): string | undefined {
    try {
      const config = resolveConfig(checkOptions(options), readEnvironment({}));
      expect(Object.isFrozen(config)).toBe(true);
      return undefined;
    } catch (error) {
      if (!(error instanceof TachoError) || error.code !== 'TACHO_BAD_OPTION') throw error;
      return error.message;
    }
  }
});
