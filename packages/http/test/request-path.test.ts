import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requestPath } from '../src/request-path.ts';
import { growth, LINEAR } from './growth.ts';

/** Any text that Node can have for a request target: it reads each byte as a character. */
const latin1 = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1'));

describe('requestPath', () => {
  it.each([
    ['/', '/'],
    ['/users/7', '/users/7'],
    ['/users/7?token=secret', '/users/7'],
    ['/users/7?', '/users/7'],
    ['/users/7#part', '/users/7'],
    ['/users/7#part?token=secret', '/users/7'],
    ['/users/7?a=1#part', '/users/7'],
    ['/search?q=/etc/passwd', '/search'],
    ['/go?to=http://elsewhere/x', '/go'],
    ['/a//b/', '/a//b/'],
    ['/%00/%zz', '/%00/%zz'],
    ['//', '//'],
    ['//[', '//['],
    ['*', '*'],
    ['http://host/users/7?token=secret', '/users/7'],
    ['HTTPS://user:password@host:8443/users/7', '/users/7'],
    ['http://host', '/'],
    ['http://', '/'],
    ['http:///x', '/x'],
    ['example.org:443', 'example.org:443'],
    ['?token=secret', '/'],
    ['', '/'],
    [undefined, '/'],
  ])('of %j is %j', (target, path) => {
    expect(requestPath(target)).toBe(path);
  });

  it('never throws and never is empty, whatever the target', () => {
    fc.assert(
      fc.property(latin1, (target) => {
        expect(requestPath(target)).not.toBe('');
      }),
    );
  });

  it('never holds a query or a fragment', () => {
    const target = fc
      .array(fc.constantFrom('http://', 'x://', 'host', '/', '//', 'a', '?', '#', '*', '@', ':', '[', '%3F'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(target, (text) => {
        expect(requestPath(`${text}?secret`)).not.toMatch(/[?#]|secret/);
        expect(requestPath(`${text}#secret`)).not.toMatch(/[?#]|secret/);
        expect(requestPath(`${text}?secret/secret://secret/secret`)).not.toMatch(/[?#]|secret/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is a part of the target, or `/`', () => {
    fc.assert(
      fc.property(latin1, (target) => {
        const path = requestPath(target);
        expect(path === '/' || target.includes(path)).toBe(true);
      }),
    );
  });

  it.each(['/', 'a', '?', '#', ':', '://', '//', 'x://?'])(
    'takes time in proportion to a target of %j',
    (unit) => {
      expect(growth((length) => `x${unit.repeat(length / unit.length)}`, requestPath)).toBeLessThan(LINEAR);
    },
  );
});
