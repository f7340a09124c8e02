import { bytes, type Case, lines, shown } from './case.ts';

const GET = 'GET /users/1 HTTP/1.1';

const HOSTS: readonly string[] = [
  ...[
    '',
    ' ',
    'a b',
    'a,b',
    'a:',
    'a:80:80',
    ':80',
    'a:x',
    'a:99999',
    '[',
    ']',
    '[]',
    '[::1',
    '[::1]',
    '[::1]:80',
  ],
  ...[
    'user@a',
    'user:secret@a',
    'evil:fake@ok',
    'a/b',
    'a?b',
    'a#b',
    'a\\b',
    '%',
    '%00',
    'a%20b',
    '..',
    '.',
    'a..b',
  ],
  ...[
    '\xff',
    '\xe4',
    'xn--',
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '-',
    '_',
    '<a>',
    '"a"',
    "'a'",
    '{a}',
    'a'.repeat(300),
  ],
  ...[
    'a'.repeat(5_000),
    '__proto__',
    'constructor',
    'http://a',
    '//a',
    '*',
    'a\tb',
    '\ta\t',
    '0',
    'null',
    'undefined',
  ],
];

/** Header lines that stand alone behind a good request line and a good Host. */
const LINES: readonly string[] = [
  // Shape.
  ...[
    'no colon',
    ': no name',
    ' : blank name',
    'Name : blank before colon',
    'Na me: x',
    'N\x00: x',
    'N\xe9: x',
    'N: \x00',
  ],
  ...[
    'N: \x01',
    'N: \x7f',
    'N: \xff',
    'N: a\x0bb',
    'N:',
    'N:x',
    'N: \t x \t ',
    'N: a\r b',
    'N: a\nb',
    'N\t: x',
    '(N): x',
    '"N": x',
  ],
  ...['X-Folded: a\r\n b', 'X-Folded: a\r\n\tb', ' X-First-Folded: a', 'N: a\r\n : b', '\r', '\n', 'N: a\r'],
  // Names that mean something to objects.
  ...[
    '__proto__: x',
    'constructor: x',
    'toString: x',
    'hasOwnProperty: x',
    '__proto__: a\r\n__proto__: b',
    'prototype: x',
  ],
  // What instrumentation reads.
  ...[
    'User-Agent:',
    'User-Agent: \xff\xfe',
    `User-Agent: ${'u'.repeat(9_000)}`,
    'User-Agent: a\r\nUser-Agent: b',
  ],
  ...[
    'X-Forwarded-For:',
    'X-Forwarded-For: ,',
    'X-Forwarded-For: unknown',
    'X-Forwarded-For: 1.2.3.4:5, ::1',
    'X-Forwarded-For: fe80::1%eth0',
  ],
  ...[
    `X-Forwarded-For: ${'1.2.3.4, '.repeat(900)}`,
    'X-Forwarded-For: 999.1.1.1',
    'X-Forwarded-For: [::1',
    'X-Real-IP: \xff',
  ],
  ...[
    'X-Forwarded-Proto: \xff',
    'X-Forwarded-Proto: javascript',
    'X-Forwarded-Host: //[',
    'X-Forwarded-Host:',
    'Forwarded: for="[',
    'Forwarded: \xff',
  ],
  ...[
    'traceparent:',
    'traceparent: x',
    'traceparent: 00-0-0-0',
    `traceparent: 00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`,
  ],
  ...[
    `traceparent: 00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`,
    `traceparent: ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  ],
  ...[
    `traceparent: 00-${'a'.repeat(32)}-${'b'.repeat(16)}-zz`,
    `traceparent: ${'0'.repeat(9_000)}`,
    'traceparent: \xff',
  ],
  ...[
    `traceparent: 00-${'a'.repeat(32)}-${'b'.repeat(16)}-01\r\ntraceparent: x`,
    'tracestate: ,,,',
    `tracestate: ${'a=b,'.repeat(2_000)}`,
  ],
  ...[
    'tracestate: a=\xff',
    'baggage:',
    'baggage: ;;;',
    'baggage: =',
    'baggage: a=%',
    'baggage: a=%E0%A4%A',
    `baggage: ${'k=v,'.repeat(2_000)}`,
  ],
  ...[
    'baggage: __proto__=1',
    `baggage: a=${'x'.repeat(9_000)}`,
    'b3: x',
    'uber-trace-id: %',
    'x-b3-traceid: \xff',
  ],
  ...[
    'enduser.id: x',
    'Authorization: Bearer \xff',
    'Authorization: Basic ====',
    'Cookie: a=b; =; ;;',
    `Cookie: ${'c=d; '.repeat(1_500)}`,
  ],
  // Conditions, ranges, negotiation.
  ...[
    'If-None-Match: *',
    'If-Modified-Since: x',
    'Range: bytes=0-',
    'Range: x',
    'Accept: */*;q=x',
    'Accept-Encoding: gzip;q=9',
  ],
  ...[
    'Content-Type: \xff',
    'Content-Type: a/b; charset="',
    'Content-Encoding: gzip',
    'Date: x',
    'Via: 1.1 a',
    'TE: trailers',
  ],
  // Connection.
  ...[
    'Connection: close',
    'Connection: keep-alive',
    'Connection: close, keep-alive',
    'Connection: x',
    'Connection:',
    'Connection: host',
  ],
  ...[
    'Keep-Alive: timeout=x',
    'Proxy-Connection: close',
    'Connection: close\r\nConnection: keep-alive',
    'Trailer: x',
    'Max-Forwards: -1',
  ],
  // Size.
  ...[
    `X: ${'x'.repeat(15_000)}`,
    `X: ${'x'.repeat(17_000)}`,
    `${'X'.repeat(9_000)}: x`,
    `${'X'.repeat(17_000)}: x`,
  ],
];

const flood = (count: number, each: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => each(n)).join('\r\n');

export const headers: readonly Case[] = [
  ...HOSTS.map((host) => bytes(`host ${shown(host)}`, lines(GET, `Host: ${host}`))),
  ...LINES.map((line) => bytes(`header ${shown(line)}`, lines(GET, 'Host: a', line))),
  bytes('no host', lines(GET)),
  bytes('no host, absolute target', lines('GET http://a/users/1 HTTP/1.1')),
  bytes('two hosts', lines(GET, 'Host: a', 'Host: b')),
  bytes('two equal hosts', lines(GET, 'Host: a', 'host: a')),
  bytes('host twice in HTTP/1.0', lines('GET /users/1 HTTP/1.0', 'Host: a', 'Host: b')),
  bytes(
    '100 headers',
    lines(
      GET,
      'Host: a',
      flood(100, (n) => `X-${n}: ${n}`),
    ),
  ),
  bytes(
    '1,900 short headers',
    lines(
      GET,
      'Host: a',
      flood(1_900, (n) => `${n}: `),
    ),
  ),
  bytes(
    '2,100 short headers',
    lines(
      GET,
      'Host: a',
      flood(2_100, () => 'a: b'),
    ),
  ),
  bytes(
    '5,000 headers',
    lines(
      GET,
      'Host: a',
      flood(5_000, (n) => `X-${n}: ${n}`),
    ),
  ),
  bytes(
    'host after a flood',
    lines(
      GET,
      flood(2_050, () => 'a: b'),
      'Host: a',
    ),
  ),
  bytes(
    'one header 500 times',
    lines(
      GET,
      'Host: a',
      flood(500, () => 'X-Same: x'),
    ),
  ),
];
