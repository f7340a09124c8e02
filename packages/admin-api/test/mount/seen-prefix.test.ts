import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { noteOriginalUrl, seenPrefix } from '../../src/mount/seen-prefix.ts';

const requestWith = (fields: object, headers = {}): IncomingMessage =>
  Object.assign(new IncomingMessage(new Socket()), { headers, ...fields });

const found = (url: string, prefix: string, isProxyTrusted = false) => ({ url, prefix, isProxyTrusted });

describe('what a client sees the resources below', () => {
  it.each([
    [
      '/ops/performance/openapi.json?a=1',
      '/performance/openapi.json?a=1',
      '/performance',
      '/ops/performance',
    ],
    ['/ops/openapi.json', '/openapi.json', '', '/ops'],
    [
      '/api/performance/openapi.json',
      '/api/performance/openapi.json',
      '/api/performance',
      '/api/performance',
    ],
    // Somebody has rewritten the path: where it came from is anybody's guess.
    ['/old', '/new/openapi.json', '/new', '/new'],
    ['http://a.test/new/openapi.json', '/new/openapi.json', '/new', '/new'],
    [17, '/new/openapi.json', '/new', '/new'],
  ])('of %s, found as %s, is below %j', (originalUrl, url, prefix, seen) => {
    expect(seenPrefix(requestWith({ originalUrl }), found(url, prefix))).toBe(seen);
    const told = requestWith({});
    noteOriginalUrl(told, typeof originalUrl === 'string' ? originalUrl : undefined);
    expect(seenPrefix(told, found(url, prefix))).toBe(seen);
  });

  it('has before it what a trusted proxy says that it took away, and what nobody else says', () => {
    const request = requestWith({}, { 'x-forwarded-prefix': '/service/' });
    expect(seenPrefix(request, found('/ops/openapi.json', '/ops', true))).toBe('/service/ops');
    expect(seenPrefix(request, found('/ops/openapi.json', '/ops'))).toBe('/ops');
    for (const nonsense of ['//evil.test', 'evil', '/a?b', '/a, /b', ''])
      expect(
        seenPrefix(
          requestWith({}, { 'x-forwarded-prefix': nonsense }),
          found('/ops/openapi.json', '/ops', true),
        ),
      ).toBe('/ops');
  });
});
