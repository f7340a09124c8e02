import { describe, expect, it } from '@jest/globals';
import { suggest } from '../../src/config/suggest.ts';
import { optionsWith, refusalOf } from './refusal.ts';

const ALL =
  'serviceName, serviceVersion, traces, http, instrumentations, adminApi, store, retentionDays, maxStoreBytes, encryptionKey, ' +
  'backup, alerts, user, logger, ignorePaths, maxEndpoints, privacy, mail, reports, thresholds, diskPath';
'serviceName, serviceVersion, traces, http, instrumentations, adminApi, store, retentionDays, maxStoreBytes, encryptionKey, backup, alerts, ' +
  'user, logger, ignorePaths, maxEndpoints, privacy, thresholds, diskPath';

const ADMIN_API =
  'listen, port, host, tokens, jwt, authenticate, trustedProxies, allowedHosts, allowedOrigins, rateLimit';

describe('an unknown option', () => {
  it.each([
    ['servicename', 'serviceName'],
    ['service_name', 'serviceName'],
    ['serviceNmae', 'serviceName'],
    ['name', 'serviceName'],
    ['trace', 'traces'],
    ['HTTP', 'http'],
    ['instrumentation', 'instrumentations'],
    ['adminAPI', 'adminApi'],
    ['admin', 'adminApi'],
    ['stores', 'store'],
    ['retentonDays', 'retentionDays'],
    ['retention', 'retentionDays'],
    ['maxStoreByte', 'maxStoreBytes'],
    ['encryptionKeys', 'encryptionKey'],
    ['backups', 'backup'],
    ['backup.evry', 'backup.every'],
    ['retentionDays.minute', 'retentionDays.minutes'],
    ['loger', 'logger'],
    ['log', 'alerts.log'],
    ['alerts.rulefile', 'alerts.rulesFile'],
    ['rules', 'alerts.rules'],
    ['ignorePath', 'ignorePaths'],
    ['maxEndpoint', 'maxEndpoints'],
    ['treshold', 'thresholds'],
    ['port', 'adminApi.port'],
    ['tokens', 'adminApi.tokens'],
    ['token', 'adminApi.tokens'],
    ['cpuWarning', 'thresholds.cpuWarning'],
    ['adminApi.prot', 'adminApi.port'],
    ['adminApi.HOST', 'adminApi.host'],
    ['adminApi.store', 'store'],
    ['adminApi.trustProxies', 'adminApi.trustedProxies'],
    ['adminApi.jwt.iss', 'adminApi.jwt.issuer'],
    ['adminApi.rateLimit.perMinute', 'adminApi.rateLimit.requestsPerMinute'],
    ['privacy.querry', 'privacy.query'],
    ['thresholds.diskcritical', 'thresholds.diskCritical'],
  ])('comes with the one that was probably meant: %s', (path, meant) => {
    expect(refusalOf(optionsWith(path, 1)).message).toMatch(
      `option "${path}" is unknown; did you mean "${meant}"?; allowed: `,
    );
  });

  it.each([
    ['zzz', ALL],
    ['', ALL],
    ['sampler', ALL],
    ['__proto__', ALL],
    ['constructor', ALL],
    ['adminApi.zzz', ADMIN_API],
    ['privacy.__proto__', 'path, query, headers, clientAddress, errorText'],
  ])('like none of ours comes with the names there are: %s', (path, allowed) => {
    const options = JSON.parse(JSON.stringify(optionsWith(path, 1)));
    const name = path.split('.').at(-1) ?? '';
    const inner = path.includes('.') ? options[path.split('.')[0] ?? ''] : options;
    Object.defineProperty(inner, name, { value: 1, enumerable: true });
    expect(refusalOf(options).message).toBe(`option "${path}" is unknown; allowed: ${allowed}`);
  });

  it('is named on one line, cut, without control characters', () => {
    expect(refusalOf({ 'a\n\u001b[2J\u202e': 1 }).message).toContain('option "a\\u000a\\u001b[2J\\u202e" is');
    const message = refusalOf({ ['y'.repeat(1_000_000)]: 1 }).message;
    expect(message).toContain(`option "${'y'.repeat(60)}…" is unknown; allowed`);
    expect(message.length).toBeLessThan(400);
  });

  it('is not read', () => {
    const options = {
      get zzz(): number {
        throw new Error('it was read');
      },
    };
    expect(refusalOf(options).message).toMatch(/^option "zzz" is unknown; allowed/);
  });
});

describe('suggest', () => {
  const KNOWN = ['host', 'port', 'tokens'];
  it.each([
    ['hsot', 'host'],
    ['PORT', 'port'],
    ['poort', 'port'],
    ['oken', 'tokens'],
    ['', undefined],
    ['xy', undefined],
    ['elephant', undefined],
    ['port'.repeat(1000), undefined],
  ])('%s → %s', (written, meant) => {
    expect(suggest(written, KNOWN)).toBe(meant);
  });

  it('takes the nearest, and of several the first', () => {
    expect(suggest('porta', ['pores', 'port'])).toBe('port');
    expect(suggest('xort', ['fort', 'port'])).toBe('fort');
  });
});
