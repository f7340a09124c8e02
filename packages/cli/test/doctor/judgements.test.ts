import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { judgedSpace } from '../../src/doctor/checks/disk-space.ts';
import { loadedBy } from '../../src/doctor/checks/load-order.ts';
import { judgedHeap } from '../../src/doctor/checks/memory-limit.ts';
import { judged as judgedNode } from '../../src/doctor/checks/node-version.ts';
import { judged as judgedSqlite } from '../../src/doctor/checks/sqlite-version.ts';
import { onNetwork } from '../../src/doctor/checks/store-place.ts';
import { weaknessOf } from '../../src/doctor/checks/tokens.ts';
import { withoutSecrets } from '../../src/doctor/secrets.ts';

describe('versions', () => {
  it.each([
    ['20.20.2', 'problem', /Node 24\.16/],
    ['22.14.0', 'problem', /Node 24\.16/],
    ['22.15.0', 'warning', /Node 22\.22\.3 or later, or 24\.16/],
    ['22.22.3', 'ok', undefined],
    ['22.9.1', 'problem', /Node 24\.16/],
    ['23.11.0', 'warning', /Node 24\.16 or later\.$/],
    ['24.14.1', 'warning', /Node 24\.15\.0 or later, or 24\.16/],
    ['24.15.0', 'ok', undefined],
    ['25.8.9', 'warning', /Node 25\.9\.0/],
    ['26.0.0', 'ok', undefined],
    ['27.1.0', 'ok', undefined],
  ])('of Node: %s is %s', (version, status, remedy) => {
    const finding = judgedNode(version, 'the service');
    expect(finding.status).toBe(status);
    if (remedy !== undefined) expect(finding.remedy).toMatch(remedy);
  });

  it.each([
    ['3.43.2', 'warning', '3.51.3'],
    ['3.44.5', 'warning', '3.44.6'],
    ['3.44.6', 'ok', ''],
    ['3.49.1', 'warning', '3.51.3'],
    ['3.50.7', 'ok', ''],
    ['3.51.2', 'warning', '3.51.3'],
    ['3.51.3', 'ok', ''],
    ['3.53.4', 'ok', ''],
    ['4.0.0', 'ok', ''],
  ])('of SQLite: %s is %s, mended in %s', (version, status, mended) => {
    const { status: found, remedy = '' } = judgedSqlite(version);
    expect(found).toBe(status);
    expect(remedy).toContain(mended);
  });
});

describe('tokens', () => {
  it.each(['admin', 'Secret', 'changeme', 'change_me_123', 'your-token-here', 'password1!'])(
    'everybody knows %s',
    (token) => expect(weaknessOf(token)).toBe('is a well-known one'),
  );

  it.each([
    'k3J9x',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    '1234567890123456',
    'abcdefghijklmnopqrstuvwx',
    'abababababababababab',
  ])('somebody may guess %s', (token) => expect(weaknessOf(token)).toMatch(/may be guessed$/));

  it.each([
    '5v0Yt1rQm3uXb7Zk',
    'a-token-for-these-tests-0123',
    '9f86d081884c7d659a2feaa0c55ad015',
    `sha256:${'0'.repeat(64)}`,
  ])('nobody guesses %s', (token) => expect(weaknessOf(token)).toBeUndefined());
});

describe('random tokens', () => {
  it.each([
    ['16 hexadecimal digits', () => randomBytes(8).toString('hex')],
    ['what openssl rand -base64 24 prints', () => randomBytes(24).toString('base64')],
    ['a UUID', () => randomUUID()],
  ])('are never complained of: %s', (_what, make) => {
    const complaints = Array.from({ length: 20_000 }, make).filter(
      (token) => weaknessOf(token) !== undefined,
    );
    expect(complaints).toEqual([]);
  });
});

describe('limits', () => {
  it('of memory: a heap past the container is told with a size that fits', () => {
    expect(judgedHeap(undefined, 512 * 2 ** 20).status).toBe('ok');
    expect(judgedHeap(400 * 2 ** 20, 512 * 2 ** 20).status).toBe('ok');
    const { status, remedy } = judgedHeap(4096 * 2 ** 20, 512 * 2 ** 20);
    expect([status, remedy]).toEqual(['warning', expect.stringContaining('--max-old-space-size=384 ')]);
  });

  it('of the disk: below the floor nothing is stored, and near it soon', () => {
    const volume = 100e9;
    expect(judgedSpace(10e6, volume, '/srv/tacho.db').status).toBe('problem');
    expect(judgedSpace(100e6, volume, '/srv/tacho.db').status).toBe('warning');
    expect(judgedSpace(1e9, volume, '/srv/tacho.db').status).toBe('ok');
    expect(judgedSpace(30e6, 100e6, '/srv/tacho.db').status).toBe('ok');
  });

  it('of file systems: those of the network are told, signed or not', () => {
    expect(onNetwork(0x6969, '/srv/tacho.db')).toHaveLength(1);
    expect(onNetwork(0xfe534d42 | 0, '/srv/tacho.db')).toHaveLength(1);
    expect(onNetwork(0xef53, '/srv/tacho.db')).toEqual([]);
  });
});

describe('what a command line loads', () => {
  it.each([
    ['node --import tacho/register app.js', [['--import', 'tacho/register', false]]],
    ['node -r tacho/register app.js', [['-r', 'tacho/register', false]]],
    ['node app.js --import tacho/register', [['--import', 'tacho/register', true]]],
    ['node --enable-source-maps --import=tacho/register app.js', [['--import', 'tacho/register', false]]],
    ['node --env-file .env --import tacho/register app.js', [['--import', 'tacho/register', false]]],
    ['PORT=1 node --require dotenv/config app.js', [['--require', 'dotenv/config', false]]],
    ['npm run build && node --import tacho/register app.js', [['--import', 'tacho/register', false]]],
    ['next start', []],
  ])('%s', (line, expected) => {
    const loaded = loadedBy(line.split(' ')).map(({ by, what, isLate }) => [by, what, isLate]);
    expect(loaded).toEqual(expected);
  });
});

describe('secrets', () => {
  it('are taken out of whatever is printed, a part of a list and a password in a URL too', () => {
    const redact = withoutSecrets({
      variables: {
        TACHO_ADMIN_TOKEN: 'first-of-all-tokens,second-of-tokens',
        TACHO_SMTP_URL: 'smtp://me%40x:p%40ssword99@mail.example.com',
        OTEL_EXPORTER_OTLP_HEADERS: 'key=very-secret-key',
      },
    });
    const text =
      'second-of-tokens p@ssword99 smtp://me%40x:p%40ssword99@mail.example.com key=very-secret-key http://u:p@h/';
    expect(redact(text)).toBe('… … smtp://…@mail.example.com … http://…@h/');
    expect(redact('the admin API')).toBe('the admin API');
  });
});
