import { bytes, type Case, lines, shown } from './case.ts';

/** First lines, sent with a Host and a blank line behind them. */
const REQUEST_LINES: readonly string[] = [
  ...[
    'GET',
    'GET ',
    'GET /',
    'GET / ',
    'GET /users/1',
    ' GET / HTTP/1.1',
    '\tGET / HTTP/1.1',
    'GET  / HTTP/1.1',
    'GET /  HTTP/1.1',
  ],
  ...[
    'GET\t/\tHTTP/1.1',
    'GET / HTTP/1.1 ',
    'GET / HTTP/1.1 x',
    'GET /a b HTTP/1.1',
    'GET / HTTP/',
    'GET / HTTP/1',
    'GET / HTTP/1.',
  ],
  ...[
    'GET / HTTP/0.9',
    'GET / HTTP/1.0',
    'GET / HTTP/1.2',
    'GET / HTTP/1.9',
    'GET / HTTP/2.0',
    'GET / HTTP/2',
    'GET / HTTP/3',
    'GET / HTTP/9.9',
  ],
  ...[
    'GET / HTTP/01.1',
    'GET / HTTP/1.01',
    'GET / HTTP/-1.1',
    'GET / http/1.1',
    'GET / HTPP/1.1',
    'GET / HTTPS/1.1',
    'GET / RTSP/1.0',
  ],
  ...[
    'GET / ICE/1.0',
    'SOURCE / ICE/1.0',
    'get / HTTP/1.1',
    'Get / HTTP/1.1',
    'G\xff / HTTP/1.1',
    '\xffGET / HTTP/1.1',
    'GET\x00 / HTTP/1.1',
  ],
  ...[
    '',
    '\r',
    'HTTP/1.1 200 OK',
    'GET http:// HTTP/0.9',
    '/ HTTP/1.1',
    'GET/ HTTP/1.1',
    'GET /HTTP/1.1',
    'EHLO a',
    'SSH-2.0-OpenSSH_9.9',
  ],
];

const METHODS: readonly string[] = [
  ...[
    'FOO',
    'GETT',
    'GE',
    'G',
    'PROPFIND',
    'MKCOL',
    'LOCK',
    'UNLOCK',
    'SEARCH',
    'PURGE',
    'LINK',
    'REPORT',
    'M-SEARCH',
    'NOTIFY',
  ],
  ...[
    'SUBSCRIBE',
    'BIND',
    'ACL',
    'QUERY',
    'MERGE',
    'SOURCE',
    'DESCRIBE',
    'PRI',
    'TRACE',
    'PUT',
    'DELETE',
    'PATCH',
    'OPTIONS',
    'HEAD',
  ],
  ...['__proto__', 'constructor', 'X'.repeat(100), 'GET,POST', '"GET"', 'POST\x00', 'M\xffSEARCH', '-', '_'],
];

const UPGRADES: readonly string[] = [
  'websocket',
  'h2c',
  'HTTP/2.0',
  'TLS/1.0',
  'x',
  '',
  ',',
  'websocket, h2c',
  '\xff',
];
const WEBSOCKET = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];

const HOST = 'Host: a';
const GET = ['GET /users/1 HTTP/1.1', HOST] as const;
const HTTP2 = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const TLS_HELLO = '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03';

export const protocols: readonly Case[] = [
  ...REQUEST_LINES.map((line) => bytes(`request line ${shown(line)}`, lines(line, HOST))),
  ...METHODS.map((method) =>
    bytes(`method ${shown(method)}`, lines(`${method} /users/1 HTTP/1.1`, HOST, 'Content-Length: 0')),
  ),
  ...UPGRADES.map((protocol) =>
    bytes(
      `upgrade ${shown(protocol)}`,
      lines(...GET, 'Connection: Upgrade', `Upgrade: ${protocol}`, ...WEBSOCKET),
    ),
  ),
  bytes('upgrade without Connection', lines(...GET, 'Upgrade: websocket')),
  bytes('Connection: Upgrade alone', lines(...GET, 'Connection: Upgrade')),
  bytes(
    'upgrade of a POST',
    `${lines('POST /users/1 HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: x', 'Content-Length: 4')}body`,
  ),
  bytes('upgrade of http://', lines('GET http:// HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: x')),
  bytes(
    'upgrade with bytes behind',
    `${lines(...GET, 'Connection: Upgrade', 'Upgrade: x')}bytes of the new protocol`,
  ),
  bytes('HTTP/2 preface', HTTP2),
  bytes('HTTP/2 preface and a frame', `${HTTP2}\x00\x00\x00\x04\x00\x00\x00\x00\x00`),
  bytes('TLS hello', TLS_HELLO),
  bytes('HTTP/0.9', 'GET /users/1\r\n'),
  bytes('nothing', ''),
  bytes('one byte', 'G'),
  bytes('zeros', '\x00'.repeat(64)),
  bytes('line feeds alone', 'GET /users/1 HTTP/1.1\nHost: a\n\n'),
  bytes('carriage returns alone', 'GET /users/1 HTTP/1.1\rHost: a\r\r'),
  bytes('mixed line ends', 'GET /users/1 HTTP/1.1\nHost: a\r\n\n'),
  bytes('blank lines before', `\r\n\r\n\r\n${lines(...GET)}`),
  bytes('headers that end early', 'GET /users/1 HTTP/1.1\r\nHost: a\r\n'),
  bytes('request line alone', 'GET /users/1 HTTP/1.1\r\n'),
  bytes('ten pipelined', lines(...GET).repeat(10)),
  bytes('pipelined, the second bad', `${lines(...GET)}bad\r\n\r\n`),
  bytes('pipelined, the second without host', `${lines(...GET)}${lines('GET / HTTP/1.1')}${lines(...GET)}`),
  bytes('pipelined behind a close', `${lines(...GET, 'Connection: close')}${lines(...GET)}`),
  bytes('pipelined behind a failure', `${lines('GET /fails HTTP/1.1', HOST)}${lines(...GET)}`),
  bytes('pipelined HEAD', `${lines('HEAD /users/1 HTTP/1.1', HOST)}${lines(...GET)}`),
  bytes(
    'pipelined behind an unread body',
    `${lines('POST /fails HTTP/1.1', HOST, 'Content-Length: 4')}body${lines(...GET)}`,
  ),
  bytes('HTTP/1.0 kept alive', lines('GET /users/1 HTTP/1.0', 'Connection: keep-alive').repeat(2)),
];
