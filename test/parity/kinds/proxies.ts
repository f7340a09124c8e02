import { each, type Kind, one } from './kind.ts';

const FORWARDED: readonly string[] = [
  ...[
    'for=192.0.2.60',
    'For=192.0.2.60',
    'for="192.0.2.60"',
    'for=192.0.2.60:47',
    'for="192.0.2.60:47"',
    'for=192.0.2.60, for=10.0.0.1',
  ],
  ...[
    'for="[2001:db8::1]"',
    'for="[2001:db8::1]:4711"',
    'for=[2001:db8::1]',
    'for=2001:db8::1',
    'for=unknown',
    'for=_hidden',
  ],
  ...[
    'host=example.test',
    'host=example.test:8080',
    'host="[::1]:80"',
    'host=EXAMPLE.TEST',
    'host="example.test:8080";proto=https',
  ],
  ...[
    'proto=https',
    'proto=https;host=example.test',
    'proto=http;host=example.test',
    'proto=ftp;host=example.test',
    'PROTO=HTTPS;HOST=a',
  ],
  ...[
    'by=203.0.113.43',
    'by=1.1.1.1;for=2.2.2.2;host=a;proto=https',
    'by=1.1.1.1, for=2.2.2.2',
    'by=a, host=b',
    'for=a;for=b',
  ],
  ...[
    '',
    ' ',
    ';',
    ';;;',
    ',',
    'for',
    'for=',
    'for="',
    'for="unclosed',
    'for="a\\"b"',
    'nonsense',
    'for=a b',
    '=a',
    'for=a;',
    'for=a,',
  ],
  ...[
    'for=<script>',
    'for=192.0.2.60; host=a',
    'for=1.1.1.1 , for=2.2.2.2',
    'x=y',
    '__proto__=a',
    'for=caf\xe9',
    'host=""',
    'for=""',
  ],
];

const FOR: readonly string[] = [
  ...[
    '192.0.2.60',
    '192.0.2.60, 10.0.0.1',
    ' 192.0.2.60 ,10.0.0.1',
    '192.0.2.60:4711',
    '192.0.2.60:99999',
    ',192.0.2.60',
    ',',
  ],
  ...[
    '2001:db8::1',
    '[2001:db8::1]',
    '[2001:db8::1]:4711',
    '2001:DB8::1',
    '::ffff:192.0.2.60',
    '::',
    'fe80::1%eth0',
    '[fe80::1%25eth0]',
  ],
  ...[
    '',
    ' ',
    'unknown',
    'localhost',
    'EXAMPLE.test',
    '<script>',
    'a b',
    'a/b',
    'a@b',
    '127.1',
    '0x7f.1',
    '4294967295',
    '1',
    '%41',
    'caf\xe9',
  ],
  `${'10.0.0.1, '.repeat(300)}10.0.0.2`,
];

const HOST: readonly string[] = [
  ...[
    'example.test',
    'example.test:8443',
    'a.test, b.test',
    'a.test:1, b.test:2',
    '',
    ' ',
    '[::1]',
    '[::1]:80',
    '::1',
    'a:b',
    'EXAMPLE.test',
  ],
];

const PROTO: readonly string[] = ['https', 'http', 'HTTPS', 'https, http', '', 'ftp', 'wss'];

/** What proxies say about the client and the server. */
export const proxies: readonly Kind[] = [
  ...each('Forwarded:', FORWARDED, (value) => ({ headers: [`Forwarded: ${value}`] })),
  ...each('X-Forwarded-For:', FOR, (value) => ({ headers: [`X-Forwarded-For: ${value}`] })),
  ...each('X-Forwarded-Host:', HOST, (value) => ({ headers: [`X-Forwarded-Host: ${value}`] })),
  ...each('X-Forwarded-Proto:', PROTO, (value) => ({ headers: [`X-Forwarded-Proto: ${value}`] })),
  ...each('X-Forwarded-Host with X-Forwarded-Proto:', PROTO, (value) => ({
    headers: ['X-Forwarded-Host: example.test', `X-Forwarded-Proto: ${value}`],
  })),
  one('X-Forwarded-Host with a port and X-Forwarded-Proto', {
    headers: ['X-Forwarded-Host: [2001:db8::1]', 'X-Forwarded-Proto: https'],
  }),
  one('Forwarded, repeated', { headers: ['Forwarded: for=192.0.2.1', 'Forwarded: for=192.0.2.2;host=a'] }),
  one('X-Forwarded-For, repeated', { headers: ['X-Forwarded-For: 192.0.2.1', 'X-Forwarded-For: 192.0.2.2'] }),
  one('X-Forwarded-Host, repeated', { headers: ['X-Forwarded-Host: a.test', 'X-Forwarded-Host: b.test'] }),
  one('X-Forwarded-Proto, repeated', {
    headers: ['X-Forwarded-Host: a.test', 'X-Forwarded-Proto: http', 'X-Forwarded-Proto: https'],
  }),
  one('Forwarded and X-Forwarded-For', {
    headers: ['X-Forwarded-For: 192.0.2.1', 'Forwarded: for=192.0.2.2'],
  }),
  one('Forwarded without a client and X-Forwarded-For', {
    headers: ['X-Forwarded-For: 192.0.2.1', 'Forwarded: host=a.test;proto=https', 'X-Forwarded-Host: b.test'],
  }),
  one('Forwarded that can not be read and X-Forwarded-For', {
    headers: ['X-Forwarded-For: 192.0.2.1', 'Forwarded: for="'],
  }),
  one('X-Forwarded-Port', { headers: ['X-Forwarded-Port: 8443', 'X-Forwarded-Host: a.test'] }),
  one('X-Real-IP', { headers: ['X-Real-IP: 192.0.2.1'] }),
  one('a proxy in front of https', {
    server: 'https',
    headers: ['X-Forwarded-For: 192.0.2.1', 'X-Forwarded-Proto: http', 'X-Forwarded-Host: a.test'],
  }),
  one('a proxy in front of koa', {
    server: 'koa',
    target: '/users/1',
    headers: ['X-Forwarded-For: 192.0.2.1, 10.0.0.1', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: a.test'],
  }),
];
