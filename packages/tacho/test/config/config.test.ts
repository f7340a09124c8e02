import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { defaultRules } from '@tacho/alerts';
import { DEFAULT_HEALTH_THRESHOLDS } from '@tacho/core';
import { DEFAULT_IGNORED_PATHS } from '@tacho/http';
import { checkOptions } from '../../src/config/check-options.ts';
import { type Config, resolveConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { EnvironmentVariables } from '../../src/config/variables.ts';

function configOf(options?: object, variables: EnvironmentVariables = {}): Config {
  return resolveConfig(checkOptions(options), readEnvironment(variables));
}

const VARIABLES = {
  OTEL_SERVICE_NAME: 'from-environment',
  TACHO_ADMIN_PORT: '1234',
  TACHO_ADMIN_HOST: '::1',
  TACHO_ADMIN_TOKEN: 'one,two',
  TACHO_VIEWER_TOKEN: 'three,one',
  TACHO_ADMIN_ALLOWED_HOSTS: 'tacho.example.com, *.example.com:443',
  TACHO_ADMIN_TRUSTED_PROXIES: '10.0.0.0/8,::1',
  TACHO_STORE: 'memory',
  TACHO_TRACES: 'off',
  TACHO_HTTP: 'standard',
};

function token(text: string, name: string, role: string) {
  return { digest: createHash('sha256').update(text).digest(), name, role };
}

const TOKENS_OF_VARIABLES = [
  token('one', 'token 1', 'admin'),
  token('two', 'token 2', 'admin'),
  token('three', 'token 3', 'viewer'),
];

const STRICT_PRIVACY = {
  path: 'template',
  query: 'drop',
  headers: 'drop',
  clientAddress: 'truncate',
  errorText: 'drop',
};

describe('a configuration', () => {
  it('is complete without options and environment', () => {
    expect(configOf()).toEqual({
      serviceName: undefined,
      serviceVersion: undefined,
      traces: 'on',
      http: 'lean',
      instrumentations: [],
      adminApi: {
        listen: true,
        port: 9797,
        host: '127.0.0.1',
        tokens: [],
        jwt: undefined,
        authenticate: undefined,
        trustedProxies: [],
        allowedHosts: [],
        allowedOrigins: [],
        rateLimit: { requestsPerMinute: 600, failuresPerMinute: 10 },
      },
      store: { kind: 'file', path: resolve('.tacho/tacho.db') },
      retentionDays: { minutes: 30, hours: 30, days: 30 },
      maxStoreBytes: 2 ** 31,
      encryption: { keys: [], refused: false },
      backup: undefined,
      alerts: { rules: defaultRules(DEFAULT_HEALTH_THRESHOLDS), log: true, webhooks: [] },
      user: undefined,
      logger: 'stderr',
      ignorePaths: DEFAULT_IGNORED_PATHS,
      maxEndpoints: 1000,
      privacy: STRICT_PRIVACY,
      reports: [],
      thresholds: DEFAULT_HEALTH_THRESHOLDS,
      diskPath: resolve('/'),
    });
  });

  it('takes from the environment what no option says', () => {
    const config = configOf({}, VARIABLES);
    expect(config).toMatchObject({ serviceName: 'from-environment', traces: 'off', http: 'standard' });
    expect(config.adminApi).toMatchObject({
      port: 1234,
      host: '::1',
      tokens: TOKENS_OF_VARIABLES,
      trustedProxies: ['10.0.0.0/8', '::1'],
      allowedHosts: ['tacho.example.com', '*.example.com:443'],
    });
  });

  it('takes options over the environment, each for itself', () => {
    const config = configOf({ serviceName: 'mine', http: 'lean', adminApi: { port: 0 } }, VARIABLES);
    expect(config).toMatchObject({ serviceName: 'mine', traces: 'off', http: 'lean' });
    expect(config.adminApi).toMatchObject({ port: 0, host: '::1', tokens: TOKENS_OF_VARIABLES });
    expect(configOf({ adminApi: { tokens: [] } }, VARIABLES).adminApi).toMatchObject({ tokens: [] });
    expect(configOf({ adminApi: false }, VARIABLES).adminApi).toBe(false);
  });

  it('has what was given', () => {
    const user = () => 'me';
    const given = {
      user,
      ignorePaths: [],
      maxEndpoints: 10,
      privacy: { query: 'keep' },
      thresholds: { cpuWarning: 1, diskCritical: 99.5 },
    };
    expect(configOf(given)).toMatchObject({
      ...given,
      privacy: { ...STRICT_PRIVACY, query: 'keep' },
      thresholds: { ...DEFAULT_HEALTH_THRESHOLDS, cpuWarning: 1, diskCritical: 99.5 },
    });
  });

  it('says where lines go', () => {
    expect(configOf({ logger: false }).logger).toBe('silent');
    expect(configOf({ logger: console }).logger).toBe(console);
  });

  it('has an absolute path of the disk, from the working directory at that time', () => {
    expect(configOf({ diskPath: 'data' }).diskPath).toBe(resolve('data'));
  });

  it('is frozen, and leaves what is the user’s as it was', () => {
    const logger = { info() {}, warn() {}, error() {} };
    const tokens = ['a'];
    const config = configOf({ logger, adminApi: { tokens }, thresholds: { cpuWarning: 1 } });
    const ours = [config, config.adminApi, config.privacy, config.thresholds, config.ignorePaths];
    expect(ours.filter((part) => !Object.isFrozen(part))).toEqual([]);
    expect(config.adminApi && Object.isFrozen(config.adminApi.tokens)).toBe(true);
    expect([logger, tokens, DEFAULT_IGNORED_PATHS].filter(Object.isFrozen)).toEqual([]);
  });
});
