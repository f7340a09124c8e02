import { describe, expect, it } from '@jest/globals';
import { adminUrl } from '../src/admin-url.ts';
import { serveEachTest } from './served-session.ts';
import { Session } from './session.ts';

function urlOf(option: string | undefined, variables: Record<string, string> = {}): string {
  const session = new Session({ variables });
  const url = adminUrl(option, session.environment);
  expect(session.stderr).toBe('');
  return url;
}

describe('where the service is', () => {
  it.each([
    [{}, 'http://127.0.0.1:9797'],
    [{ TACHO_ADMIN_HOST: '', TACHO_ADMIN_PORT: '' }, 'http://127.0.0.1:9797'],
    [{ TACHO_ADMIN_PORT: ' 8080 ' }, 'http://127.0.0.1:8080'],
    [{ TACHO_ADMIN_HOST: 'admin.internal', TACHO_ADMIN_PORT: '80' }, 'http://admin.internal:80'],
    [{ TACHO_ADMIN_HOST: '::1' }, 'http://[::1]:9797'],
    [{ TACHO_ADMIN_HOST: '[::1]' }, 'http://[::1]:9797'],
    [{ TACHO_ADMIN_HOST: '0.0.0.0' }, 'http://127.0.0.1:9797'],
    [{ TACHO_ADMIN_HOST: '::' }, 'http://[::1]:9797'],
  ])('is what the service is told too, %j: %s', (variables: Record<string, string>, expected) => {
    expect(urlOf(undefined, variables)).toBe(expected);
  });

  it.each([
    ['http://localhost:9797', 'http://localhost:9797'],
    ['https://Admin.Example.org/', 'https://admin.example.org'],
    ['http://localhost/behind/a/proxy//', 'http://localhost/behind/a/proxy'],
    ['http://127.0.0.1:9797/api/performance', 'http://127.0.0.1:9797'],
    ['http://127.0.0.1:9797/mounted/api/performance/', 'http://127.0.0.1:9797/mounted'],
  ])('is --url %s before all variables: %s', (option, expected) => {
    expect(urlOf(option, { TACHO_ADMIN_HOST: 'elsewhere', TACHO_ADMIN_PORT: 'abc' })).toBe(expected);
  });
});

describe('a bad variable', () => {
  it.each(['abc', '-1', '65536', '1e3', '0x10', '١٢', '80 80', '9'.repeat(500)])(
    'is one warning and the default, for the port %j',
    (TACHO_ADMIN_PORT) => {
      const session = new Session({ variables: { TACHO_ADMIN_PORT } });
      expect(adminUrl(undefined, session.environment)).toBe('http://127.0.0.1:9797');
      expect(session.stderr).toMatch(
        /^tacho: TACHO_ADMIN_PORT=".*": expected a port from 1 to 65535; using 9797\n$/,
      );
    },
  );

  it.each(['a b', 'http://host', 'user@host', 'host/path', 'host?x', '\x1b[2J'])(
    'is one warning and the default, for the host %j',
    (TACHO_ADMIN_HOST) => {
      const session = new Session({ variables: { TACHO_ADMIN_HOST, TACHO_ADMIN_PORT: '1234' } });
      expect(adminUrl(undefined, session.environment)).toBe('http://127.0.0.1:1234');
      expect(session.stderr).toMatch(
        /^tacho: TACHO_ADMIN_HOST="[^\p{Cc}]*" is no host; using 127\.0\.0\.1\n$/u,
      );
    },
  );

  it('is an error for port 0, which nobody can know', () => {
    const session = new Session({ variables: { TACHO_ADMIN_PORT: '0' } });
    expect(() => adminUrl(undefined, session.environment)).toThrow(/TACHO_ADMIN_PORT=0 .* --url/);
  });
});

describe('a bad --url', () => {
  it.each([
    'ftp://host',
    'localhost:9797',
    'host',
    '',
    '//host',
    'http://',
    'http://host:99999',
    'file:///etc',
    'http://h?q=1',
    'http://h#f',
  ])('is refused with what is allowed: %j', async (url) => {
    const session = new Session();
    expect(await session.run('monitor', '--url', url)).toBe(2);
    expect(session.stderr).toBe(
      `tacho: --url "${url}": expected http:// or https://, a host, and a port or path if need be\n`,
    );
  });

  it.each([
    'http://user:hunter2@host',
    'http://hunter2@host',
    'http://u:hunter2@host:99999',
    'ftp://u:hunter2@h',
  ])('is refused with the remedy, and no secret of it is shown: %s', async (url) => {
    const session = new Session();
    expect(await session.run('monitor', '--url', url)).toBe(2);
    expect(session.stderr).toMatch(/^tacho: --url must hold no user or password: .* TACHO_ADMIN_TOKEN\n$/);
    expect(session.stderr).not.toContain('hunter2');
  });
});

describe('a service behind a path', () => {
  const each = serveEachTest();

  it('is asked there', async () => {
    const session = each.session();
    await session.run('monitor', '--url', `${each.server.url}/behind/a/proxy/`);
    expect(each.server.asked[0]?.target).toMatch(/^\/behind\/a\/proxy\/api\/performance\//);
  });
});
