import { describe, expect, it } from '@jest/globals';
import { checkOptions } from '../../src/config/check-options.ts';
import { optionsWith } from './refusal.ts';

class InheritingLogger {
  info(): void {}
  warn(): void {}
  error(): void {}
}

const EIGHT_KEYS = Array.from({ length: 8 }, (_, index) => `${index}f`.repeat(32));
const [KEY = ''] = EIGHT_KEYS;
const DIGEST = `sha256:${'0f'.repeat(32)}`;

describe('an option at the edge of what is allowed', () => {
  it.each<[path: string, values: readonly unknown[]]>([
    ['serviceVersion', ['1.2.3', 'é'.repeat(255)]],
    ['serviceName', ['x', 'é'.repeat(255), '😀'.repeat(255), ' shop ', 'a "b" \\c']],
    ['traces', ['on', 'off']],
    ['http', ['lean', 'standard']],
    ['instrumentations', ['auto', []]],
    ['adminApi', [false, {}]],
    ['adminApi.port', [0, 1, 65_535]],
    [
      'adminApi.host',
      ['127.0.0.1', '::', '::1', 'fe80::1%eth0', 'localhost', 'a.example.', 'my_host', 'x'.repeat(63)],
    ],
    [
      'adminApi.tokens',
      [
        [],
        ['!'],
        ['~'.repeat(4096)],
        Array.from({ length: 16 }, (_, index) => `${index}`),
        [DIGEST, `sha256:${'AB'.repeat(32)}`],
        ['a', { token: 'b' }, { token: 'c', name: 'é'.repeat(64) }, { token: 'd', role: 'admin' }],
        [{ token: DIGEST, name: 'a b', role: 'viewer' }],
      ],
    ],
    ['adminApi.listen', [true, false]],
    ['adminApi.authenticate', [() => undefined, async () => null]],
    [
      'adminApi.trustedProxies',
      [[], ['127.0.0.1', '10.0.0.0/8', '1.2.3.4/32', '10.1.2.3/1', '::1', 'fd00::/8', '::ffff:1.2.3.4/128']],
    ],
    [
      'adminApi.allowedHosts',
      [
        [],
        [
          'localhost',
          'a.example',
          'a.example:1',
          'a.example:65535',
          '*.example',
          '*.a.example:8443',
          'a.example.',
        ],
        ['10.0.0.1', '10.0.0.1:80', '::1', 'fe80::1', '[::1]', '[::1]:80', 'A.Example'],
      ],
    ],
    ['adminApi.allowedOrigins', [[], ['http://localhost:3000', 'https://a.example', 'http://[::1]:8080']]],
    [
      'adminApi.rateLimit',
      [false, {}, { requestsPerMinute: 1 }, { requestsPerMinute: 1_000_000, failuresPerMinute: 10_000 }],
    ],
    [
      'store',
      [
        'memory',
        'a/b',
        './memory',
        '.tacho/tacho.db',
        '/var/lib/x.sqlite',
        'tacho.db',
        'x.sqlite',
        '.db',
        'a b.db',
        'é.db',
        'C:\\data\\tacho',
        '../x',
        '/...',
        `/${'x'.repeat(4095)}`,
      ],
    ],
    ['retentionDays', [1, 3650, {}, { minutes: 1 }, { days: 3650 }, { minutes: 2, hours: 2, days: 30 }]],
    ['retentionDays.minutes', [1, 30]],
    ['retentionDays.hours', [30]],
    ['retentionDays.days', [30, 3650]],
    ['maxStoreBytes', [16_777_216, 1_099_511_627_776]],
    ['encryptionKey', [KEY, [KEY], [KEY, `${'Q'.repeat(43)}=`], EIGHT_KEYS]],
    ['backup', [false, { every: '1m' }, { every: '43200m', keep: 1, dir: '/mnt/backups' }]],
    ['backup.every', ['1m', '60m', '1h', '720h', '1d', '30d', '007d']],
    ['user', [() => undefined, async () => 'x', class {}]],
    [
      'logger',
      [false, console, new InheritingLogger(), Object.assign(() => {}, new InheritingLogger(), console)],
    ],
    [
      'ignorePaths',
      [[], ['/'], [`/${'x'.repeat(1023)}`], ['/é'], Array.from({ length: 100 }, (_, index) => `/${index}`)],
    ],
    ['maxEndpoints', [10, 100_000]],
    ['privacy', [{}]],
    ['privacy.path', ['template', 'full']],
    ['privacy.query', ['drop', 'keep']],
    ['privacy.headers', ['drop', 'keep', [], ['user-agent', "!#$%&'*+.^_`|~-0"]]],
    ['privacy.clientAddress', ['truncate', 'full']],
    ['privacy.errorText', ['drop', 'keep']],
    ['thresholds', [{}, { cpuWarning: 0, cpuCritical: 0 }, { diskWarning: 100, diskCritical: 100 }]],
    ['thresholds.cpuWarning', [0, 0.5, 90]],
    ['thresholds.diskCritical', [80, 99.99, 100]],
    ['diskPath', ['/', '.', '~', 'C:\\', 'a b', 'x'.repeat(4096)]],
  ])('is taken as it is: %s', (path, values) => {
    for (const value of values) {
      const options = optionsWith(path, value);
      expect(checkOptions(options)).toEqual(options);
    }
  });

  it.each([[undefined], [{}], [Object.create(null)], [Object.freeze({})]])(
    'may be missing: %p',
    (options) => {
      expect(checkOptions(options)).toEqual({});
    },
  );

  it('counts as missing when it is undefined', () => {
    expect(checkOptions({ store: undefined, adminApi: { port: undefined } })).toEqual({ adminApi: {} });
  });
});
