import { each, type Kind, one } from './kind.ts';

const HOSTS: readonly string[] = [
  ...[
    'example.test',
    'EXAMPLE.TEST',
    'example.test.',
    'example.test:80',
    'example.test:443',
    'example.test:8080',
  ],
  ...[
    '127.0.0.1',
    '127.0.0.1:3000',
    '[::1]',
    '[::1]:80',
    '::1',
    '[::1',
    '::1]',
    '[::1]:',
    '[2001:db8::1]:8443',
    '[v1.a]',
  ],
  ...['a:', ':80', ':', 'a:b', 'a:b:c', 'a:99999', 'a:-1', 'a:0', 'a:80:80', 'a: 80', 'a:0x50', 'a:8e1'],
  ...[
    'a b',
    'a/b',
    'a?b',
    'a#b',
    'a@b',
    'user:pass@a',
    'a_b',
    'xn--caf-dma.test',
    'caf\xe9.test',
    '%41',
    '%',
    'a,b',
  ],
  ...['http://a', 'a\\b', 'localhost', '1', '0x7f.1', 'x'.repeat(300)],
];

/** What a client says that it wants to reach. */
export const hosts: readonly Kind[] = [
  ...each('host', HOSTS, (host) => ({ host, target: '/host?a=1' })),
  one('an empty host', { host: '' }),
  one('no host', { host: null }, 0),
  one('no host in HTTP/1.0', { host: null, version: '1.0', target: '/host?a=1' }),
  one('no host in HTTP/1.0 over https', { server: 'https', host: null, version: '1.0' }),
  one('two hosts', { headers: ['Host: second.test'] }),
  one('two hosts that are joined', { server: 'joins', headers: ['Host: second.test'] }),
  ...each(
    'host over https',
    ['example.test', 'example.test:80', 'example.test:443', '[::1]', '[::1]:1', 'a:b:c'],
    (host) => ({
      server: 'https',
      host,
    }),
  ),
  ...each('host on koa', ['EXAMPLE.TEST', '[::1]:80', 'a:b:c', 'a b'], (host) => ({
    server: 'koa',
    host,
    target: '/users/1',
  })),
];
