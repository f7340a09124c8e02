import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isBelow, isPrefix } from '../../src/mount/prefix.ts';

const segment = fc.stringMatching(/^[\w\-.~!$&'()*+,;=:@]{1,8}$/);
const prefix = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);

describe('a prefix', () => {
  it.each(['/', '/a', '/api/performance', '/ops/performance/', "/~a/b.c-d_e!$&'()*+,;=:@"])(
    'may be %s',
    (text) => {
      expect(isPrefix(text)).toBe(true);
    },
  );

  it.each([
    '',
    'api',
    '//',
    '/a//b',
    '/a?b',
    '/a#b',
    '/a%20b',
    '/ä',
    '/a b',
    '/{a}',
    `/${'a'.repeat(200)}`,
    17,
    null,
  ])('may not be %j', (value) => {
    expect(isPrefix(value)).toBe(false);
  });

  it('is the path itself and all below it, with or without a query, in origin form and absolute form', () => {
    fc.assert(
      fc.property(
        prefix,
        fc.constantFrom('', '/'),
        fc.constantFrom('', 'http://a.test', 'HTTPS://[::1]:80'),
        (base, slash, site) => {
          expect(isPrefix(base + slash)).toBe(true);
          for (const rest of ['', '/', '/summary', '?a=/b', '/a%2Fb?c', '//'])
            expect(isBelow(`${site}${base}${rest}`, base + slash)).toBe(true);
        },
      ),
    );
  });

  it('is not what only begins alike, contains it, or is written otherwise', () => {
    fc.assert(
      fc.property(prefix, segment, (base, more) => {
        for (const path of [
          `${base}${more}`,
          `/${more}${base}`,
          `/?${base}`,
          `/#${base}`,
          `/${base}/a`,
          '*',
          '',
        ])
          expect(isBelow(path, base)).toBe(false);
        expect(isBelow(undefined, base)).toBe(false);
      }),
    );
  });

  it('of `/` is every path, and nothing that is none', () => {
    for (const path of ['/', '/a', '//', '/?a', 'http://a.test/', 'http://a.test/b'])
      expect(isBelow(path, '/')).toBe(true);
    for (const target of ['*', '', 'a.test:443', 'http://a.test']) expect(isBelow(target, '/')).toBe(false);
  });
});
