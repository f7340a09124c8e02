import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Keyring } from '@tacho/store';
import { anEndpoint } from '../reports.ts';
import { serveEachTest } from '../served-session.ts';
import { alike, checkEachTest, savedRun } from './runs.ts';

const each = checkEachTest();
const service = serveEachTest();
const KEY = randomBytes(32);
const HINT = 'Give its key in TACHO_ENCRYPTION_KEY or TACHO_ENCRYPTION_KEY_FILE.';
const ARGV = ['--max-avg', '1s'];
const RUN = savedRun({ 'GET /x': { times: alike(0.1, 30) } });

function withKey(key: Buffer) {
  return { variables: { TACHO_ENCRYPTION_KEY: key.toString('base64') } };
}

describe('a file that monitor --save has saved', () => {
  it.each([
    ['in the clear', {}, 'tacho-metrics-20261123T124501Z.json'],
    ['encrypted', withKey(KEY), 'tacho-metrics-20261123T124501Z.json.enc'],
  ])('is judged: %s', async (_, options, name) => {
    const { answers } = service.server;
    const monitor = service.session({ folder: each.path, ...options });
    for (let look = 0; look < 4; look++) {
      monitor.clock.at(look * 1000, () => {
        const count = 10 + look * 10;
        const buckets: [number, number][] = [[0.4, count]];
        answers['/endpoints'] = {
          'GET /x': anEndpoint({ count, total_time: count * 0.4, errors: 1, buckets }),
        };
      });
    }
    expect(await monitor.run('monitor', '--save', '--interval', '1', '--duration', '3')).toBe(0);
    expect(await readdir(each.path)).toEqual([name]);
    const check = each.session(options);
    expect(await check.run('check', name, '--max-p95', '400ms', '--max-error-rate', '0%', '--json')).toBe(0);
    expect(JSON.parse(check.stdout).checks).toMatchObject([
      { check: 'max_p95', value: 0.4, requests: 30 },
      { check: 'max_error_rate', value: 0 },
    ]);
    expect(await each.session(options).run('check', name, '--max-p95', '399ms')).toBe(1);
  });
});

describe('a file that can not be judged', () => {
  const slice = (endpoints: unknown) =>
    JSON.stringify({
      samples: [{ timestamp: '2026-01-01T00:00:01Z', slice: { from: '2026-01-01T00:00:00Z', endpoints } }],
    });
  const endpoint = { count: 2, errors: 0, total_time: 0.2, buckets: [[0.1, 2]] };
  const NONE = 'a slice in it is none';
  const UNSAVED = 'it is nothing that tacho monitor --save has saved';

  it.each([
    ['is empty', '', UNSAVED],
    ['is no JSON', '{"samples": [', UNSAVED],
    ['is other JSON', '[1, 2]', UNSAVED],
    ['is null', 'null', UNSAVED],
    ['is a program', '\x7fELF\0\x01', UNSAVED],
    [
      'has no slices',
      '{"samples": [{"timestamp": "2026-01-01T00:00:00Z"}, null, 1]}',
      'it has no slices: an earlier version saved it, or the service was started anew meanwhile',
    ],
    ['has a slice of nothing', '{"samples": [{"slice": null}]}', NONE],
    [
      'has a slice that ends before it begins',
      slice({}).replace('"2026-01-01T00:00:01Z"', '"2025-01-01T00:00:00Z"'),
      NONE,
    ],
    ['has an endpoint that is none', slice({ 'GET /x': 1 }), NONE],
    ['has a list of endpoints that has a hole', slice({ 'GET /x': { ...endpoint, buckets: [null] } }), NONE],
    ['has fewer requests than errors', slice({ 'GET /x': { ...endpoint, errors: 3 } }), NONE],
    ['has a negative count', slice({ 'GET /x': { ...endpoint, count: -1 } }), NONE],
    ['has half a request', slice({ 'GET /x': { ...endpoint, count: 2.5 } }), NONE],
    ['has buckets that do not add up', slice({ 'GET /x': { ...endpoint, buckets: [[0.1, 1]] } }), NONE],
    [
      'has buckets in disorder',
      slice({
        'GET /x': {
          ...endpoint,
          buckets: [
            [0.2, 1],
            [0.1, 1],
          ],
        },
      }),
      NONE,
    ],
    ['has a time that is no number', slice({ 'GET /x': { ...endpoint, total_time: '1' } }), NONE],
    ['has no time', slice({ 'GET /x': { ...endpoint, total_time: null } }), NONE],
  ])('%s: one line, exit code 5', async (_, text, reason) => {
    await each.write('bad.json', text);
    for (const argv of [
      ['bad.json', ...ARGV],
      ['good.json', '--baseline', 'bad.json'],
    ]) {
      await each.write('good.json', RUN);
      const session = each.session();
      expect(await session.run('check', ...argv)).toBe(5);
      expect(session.stderr).toBe(`tacho: "bad.json" can't be checked: ${reason}\n`);
      expect(session.stdout).toBe('');
    }
  });

  it('is not there: exit code 3', async () => {
    for (const name of ['none.json', 'none.json.enc']) {
      const session = each.session(withKey(KEY));
      expect(await session.run('check', name, ...ARGV)).toBe(3);
      expect(session.stderr).toBe(`tacho: "${name}" can't be read: no such file or folder\n`);
    }
  });

  it('is a folder: exit code 11, for it is no verdict', async () => {
    await mkdir(join(each.path, 'run.json'));
    const session = each.session();
    expect(await session.run('check', 'run.json', ...ARGV)).toBe(11);
    expect(session.stderr).toMatch(/^tacho: "run\.json" can't be read: [^\n]+\n$/);
  });

  it('shows no control characters of its name', async () => {
    const session = each.session();
    expect(await session.run('check', '\x1b[2J\n.json', ...ARGV)).toBe(3);
    expect(session.stderr).toBe('tacho: "\\x1b[2J\\x0a.json" can\'t be read: no such file or folder\n');
  });
});

describe('an encrypted file', () => {
  const sealed = (text: string): Buffer => {
    const sealer = Keyring.of([KEY]).fileSealer();
    return Buffer.concat([sealer.add(Buffer.from(text)), sealer.end()]);
  };

  it.each([
    ['without a key', {}, 7, `encrypted, and no key was given. ${HINT}`],
    ['with another key', withKey(randomBytes(32)), 8, `encrypted with another key than those given. ${HINT}`],
  ])('is not judged %s', async (_, options, code, reason) => {
    await each.write('run.enc', sealed(RUN));
    const session = each.session(options);
    expect(await session.run('check', 'run.enc', ...ARGV)).toBe(code);
    expect(session.stderr).toBe(`tacho: "run.enc": ${reason}\n`);
    expect(session.stdout).toBe('');
  });

  it.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 60 ? byte ^ 1 : byte)))],
    ['none', () => Buffer.from(RUN)],
  ])('is not judged where it is %s', async (_, spoil) => {
    await each.write('run.enc', spoil(sealed(RUN)));
    const session = each.session(withKey(KEY));
    expect(await session.run('check', 'run.enc', ...ARGV)).toBe(5);
    expect(session.stderr).toMatch(/^tacho: "run\.enc": [^\n]+\n$/);
  });

  it('is judged with its key', async () => {
    await each.write('run.enc', sealed(RUN));
    expect(await each.session(withKey(KEY)).run('check', 'run.enc', ...ARGV)).toBe(0);
  });
});
