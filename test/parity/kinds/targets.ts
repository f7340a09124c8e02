import { each, type Kind, one } from './kind.ts';

const SIGNATURES = [
  ...['sig', 'Signature', 'AWSAccessKeyId', 'X-Goog-Signature'],
  ...['X-Amz-Signature', 'X-Amz-Credential', 'X-Amz-Security-Token'],
];

const QUERIES: readonly string[] = [
  ...['?', '?a=1', '?a=1&b=2', '?a=1&a=2', '?a', '?a=', '?=b', '?&&&', '??', '?a=b=c', '?a[b]=c&a[]=d'],
  ...SIGNATURES.map((name) => `?before=1&${name}=secret&after=2`),
  ...[
    '?sig=1&sig=2',
    '?SIG=1',
    '?x-amz-signature=1',
    '?%73ig=1',
    '?sig',
    '?sig=',
    '?sigma=1',
    '?a=sig',
    '?sig=%20',
  ],
  ...['?a=+b', '?a=%20b', '?a=%zz', '?%', '?a=%E4', '?a=%C3%A4', '?a=%00', '?a=%2B'],
  ...[
    '?a=1;b=2',
    '?a=1#b',
    '?__proto__=1',
    '?a=http://b/?c',
    '?a=\'"<>',
    '?a=~!*()',
    `?${'a=1&'.repeat(1500)}`,
  ],
];

const PATHS: readonly string[] = [
  ...[
    '/',
    '/a',
    '/a/',
    '//',
    '///',
    '//a',
    '//a/b',
    '//a:1/b',
    '//a:99999/',
    '//[::1]/a',
    '//[',
    '/a//b',
    '/\\',
    '/a\\b',
  ],
  ...['/.', '/..', '/a/./b', '/a/../b', '/../..', '/%2e%2e/a', '/a/%2e/b', '/...'],
  ...['/%', '/%zz', '/%2F', '/a%20b', '/%E0%A4%A', '/%00', '/caf%C3%A9'],
  ...[
    '/a;b=c',
    '/a#b',
    '/#',
    '/a|b',
    '/a^b',
    '/a`b',
    '/{a}',
    '/<a>',
    '/"a"',
    "/'a'",
    '/:id',
    '/@',
    '/a,b',
    '/~a',
    '/$1',
  ],
  ...[`/${'a'.repeat(8000)}`, `/${'a/'.repeat(300)}`, '/__proto__', '*', '/*', '/http://a/b'],
];

const ABSOLUTE: readonly string[] = [
  ...[
    'http://other.test/a?b=1',
    'https://other.test/a',
    'HTTP://OTHER.TEST/A',
    'http://other.test',
    'http://other.test?a=1',
  ],
  ...[
    'http://user:pass@other.test/a',
    'http://[::1]:80/a',
    'http://other.test:8080/a',
    'http://other.test:99999/a',
  ],
  ...['http://[::1', 'http://', 'http:///a', 'ftp://other.test/a'],
  ...[
    'http://xn--/a',
    'http://%/a',
    'http://other.test/a/../b',
    'ws://other.test/a',
    'http://other.test/a#b',
  ],
];

/** What stands between the method and the version. */
export const targets: readonly Kind[] = [
  ...each('query', QUERIES, (query) => ({ target: `/path${query}` })),
  ...each('query on koa', ['?a=1&b=2', '?sig=secret', '?a=%zz'], (query) => ({
    server: 'koa',
    target: `/users/1${query}`,
  })),
  ...each('path', PATHS, (target) => ({ target })),
  ...each(
    'no path',
    [
      ...[
        '/a\tb',
        '/a b',
        'a',
        '?a',
        '#a',
        'a/b',
        '',
        'http:a',
        'urn:a:b',
        'javascript:a',
        'a:b',
        'http://a b/',
        'http://\xe4/a',
      ],
      ...['/caf\xe9', '/caf\xc3\xa9', '/\xff\xfe', '/?a=\xe4', '/?a=\xc3\xa4'],
    ],
    (target) => ({ target }),
    0,
  ),
  ...each('absolute', ABSOLUTE, (target) => ({ target })),
  one('absolute with another host', { target: 'http://one.test/a', host: 'two.test' }),
  one('absolute without a host', { target: 'http://one.test/a', host: null, version: '1.0' }),
  one('OPTIONS *', { method: 'OPTIONS', target: '*' }),
  one('OPTIONS absolute', { method: 'OPTIONS', target: 'http://other.test' }),
];
