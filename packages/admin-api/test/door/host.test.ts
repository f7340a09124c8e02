import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HostCheck, mountedHostCheck, ownHostCheck } from '../../src/door/host.ts';

const own = ownHostCheck(['admin.example.org', 'metrics.test:9797', '*.internal.example', '2001:db8::7']);

function asked(...hosts: string[]): IncomingMessage {
  return {
    rawHeaders: ['Accept', '*/*', ...hosts.flatMap((host) => ['hOst', host])],
  } as unknown as IncomingMessage;
}

/** Twice, as the second time a shorter way is taken. */
function statusOf(check: HostCheck, ...hosts: string[]): number | undefined {
  const first = check(asked(...hosts))?.status;
  expect(check(asked(...hosts))?.status).toBe(first);
  return first;
}

describe('a host that is let in on a port of our own', () => {
  it.each([
    'localhost',
    'LOCALHOST:9797',
    'localhost.',
    'tacho.localhost:1',
    '127.0.0.1',
    '127.0.0.1:9797',
    '192.0.2.7:65535',
    '[::1]',
    '[::1]:9797',
    '[::ffff:127.0.0.1]',
    '[2001:DB8::7]:9797',
    'admin.example.org',
    'Admin.Example.ORG:4711',
    'metrics.test:9797',
    'a.internal.example',
    'a.b.internal.example:80',
  ])('%s', (host) => {
    expect(statusOf(own, host)).toBeUndefined();
  });
});

describe('a host that is another', () => {
  it.each([
    'evil.example',
    'localhost.evil.example',
    'evillocalhost',
    '127.0.0.1.evil.example',
    'admin.example.org.evil.example',
    'xadmin.example.org',
    'metrics.test',
    'metrics.test:9798',
    'internal.example',
    'xinternal.example',
    '*.internal.example.org',
    '127.1',
    '2130706433',
    '0x7f000001',
    '256.0.0.1',
  ])('%s', (host) => {
    expect([400, 421]).toContain(statusOf(own, host));
    expect(own(asked(host))?.code).toBe(host.startsWith('*') ? 'malformed_request' : 'misdirected_request');
  });

  it('is let in where it is not ours to know', () => {
    expect(statusOf(mountedHostCheck([]), 'anything.example:1')).toBeUndefined();
    expect(statusOf(mountedHostCheck(['ours.example']), 'anything.example')).toBe(421);
    expect(statusOf(mountedHostCheck(['ours.example']), 'ours.example')).toBeUndefined();
  });

  it('is refused after one that was let in, and does not stand in its way', () => {
    const statuses = ['localhost', 'evil.example', 'localhost', 'localhost'].map(
      (host) => own(asked(host))?.status,
    );
    expect(statuses).toEqual([undefined, 421, undefined, undefined]);
  });
});

describe('what is no host', () => {
  it.each([
    '',
    ' ',
    ':9797',
    '.',
    'evil:fake@ok',
    'localhost:',
    'localhost:port',
    'localhost:65536',
    'localhost:123456',
    'localhost:-1',
    'localhost, localhost',
    'localhost/x',
    'http://localhost',
    'local host',
    'localhost\0',
    'löcalhost',
    'local%68ost',
    '::1',
    '[::1',
    '[::1]x',
    '[localhost]',
    '[127.0.0.1]',
    '[]',
    '[::1]:',
    '[:::]',
    'a'.repeat(10_000),
  ])('%.30p', (host) => {
    expect(statusOf(own, host)).toBe(400);
    expect(statusOf(mountedHostCheck([]), host)).toBe(400);
  });

  it('is none, and two, though they are the same', () => {
    for (const check of [own, mountedHostCheck([])]) {
      expect(statusOf(check)).toBe(400);
      expect(statusOf(check, 'localhost')).toBeUndefined();
      expect(statusOf(check, 'localhost', 'localhost')).toBe(400);
      expect(statusOf(check, 'localhost', 'evil.example')).toBe(400);
      expect(statusOf(check, 'evil.example', 'localhost')).toBe(400);
    }
  });
});

describe('whatever the name', () => {
  it('only addresses and names that are known are let in', () => {
    const name = fc.array(fc.stringMatching(/^[a-z\d-]{1,8}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(name, fc.option(fc.integer({ min: 1, max: 65_535 })), (labels, port) => {
        const host = labels.join('.');
        const isKnown = labels.at(-1) === 'localhost' || /^\d+(\.\d+){3}$/.test(host);
        fc.pre(!isKnown);
        expect(statusOf(own, port === null ? host : `${host}:${port}`)).toBe(421);
      }),
    );
  });
});
