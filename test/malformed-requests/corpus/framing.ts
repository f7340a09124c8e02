import { bytes, type Case, lines, shown } from './case.ts';

const POST = ['POST /users/1 HTTP/1.1', 'Host: a'] as const;
const CHUNKED = [...POST, 'Transfer-Encoding: chunked'] as const;

const LENGTHS: readonly string[] = [
  ...[
    '',
    '-1',
    '+5',
    '5 ',
    ' 5',
    '05',
    '5.0',
    '0x5',
    '5,5',
    '5, 6',
    '1e1',
    'x',
    '5;',
    '\xff',
    '99999999999999999999',
  ],
  ...['9007199254740993', '4294967296', '18446744073709551616', '1000', '0', '4'],
];

const ENCODINGS: readonly string[] = [
  ...[
    'chunked, chunked',
    'chunked, identity',
    'identity',
    'gzip',
    'gzip, chunked',
    'x',
    '',
    ' chunked',
    'Chunked',
    'chunked;a=b',
  ],
  ...[
    'chunked,',
    ',chunked',
    '"chunked"',
    'chunked\x0b',
    'xchunked',
    'chunked\r\nTransfer-Encoding: chunked',
    '\xff',
  ],
];

/** Bodies behind `Transfer-Encoding: chunked`. */
const CHUNKS: readonly string[] = [
  ...[
    '0\r\n\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
    '5;a=b\r\nhello\r\n0\r\n\r\n',
    '5 \r\nhello\r\n0\r\n\r\n',
    '05\r\nhello\r\n0\r\n\r\n',
  ],
  ...[
    '5\r\nhelloX0\r\n\r\n',
    '5\r\nhell\r\n0\r\n\r\n',
    '5\nhello\n0\n\n',
    'G\r\n',
    '-1\r\n',
    '0x5\r\nhello\r\n0\r\n\r\n',
    '\r\n',
    'x',
  ],
  ...[
    'FFFFFFFFFFFFFFFFF\r\n',
    'FFFFFFFFFFFFFFFF\r\nx',
    '7fffffff\r\nx',
    '5\r\nhello\r\n',
    '5\r\nhello',
    '5',
    '5\r\nhello\r\n0\r\n',
  ],
  ...[
    '0\r\nTrailer: x\r\n\r\n',
    '0\r\nbad trailer\r\n\r\n',
    '0\r\nHost: b\r\n\r\n',
    '0\r\n__proto__: x\r\n\r\n',
    '0\r\nContent-Length: 5\r\n\r\n',
  ],
  ...[
    `0;${'e'.repeat(17_000)}\r\n\r\n`,
    `0\r\n${'T'.repeat(17_000)}: x\r\n\r\n`,
    '5;\xff\r\nhello\r\n0\r\n\r\n',
    '5;a="b\r\nhello\r\n0\r\n\r\n',
  ],
  ...[
    `${'1\r\nx\r\n'.repeat(500)}0\r\n\r\n`,
    '0\r\n\r\nGET /users/2 HTTP/1.1\r\nHost: a\r\n\r\n',
    '00000000000000000\r\n\r\n',
  ],
];

const CONTINUE = [...POST, 'Content-Length: 5'] as const;

export const framing: readonly Case[] = [
  ...LENGTHS.map((length) =>
    bytes(`length ${shown(length)}`, `${lines(...POST, `Content-Length: ${length}`)}body`),
  ),
  ...ENCODINGS.map((coding) =>
    bytes(`encoding ${shown(coding)}`, `${lines(...POST, `Transfer-Encoding: ${coding}`)}0\r\n\r\n`),
  ),
  ...CHUNKS.map((body) => bytes(`chunks ${shown(body)}`, lines(...CHUNKED) + body)),
  bytes('both lengths equal', `${lines(...POST, 'Content-Length: 4', 'Content-Length: 4')}body`),
  bytes('two lengths', `${lines(...POST, 'Content-Length: 4', 'Content-Length: 5')}body`),
  bytes('CL and TE', `${lines(...POST, 'Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`),
  bytes('TE and CL', `${lines(...CHUNKED, 'Content-Length: 4')}0\r\n\r\n`),
  bytes('TE in HTTP/1.0', `${lines('POST /users/1 HTTP/1.0', 'Transfer-Encoding: chunked')}0\r\n\r\n`),
  bytes('GET with a body', `${lines('GET /users/1 HTTP/1.1', 'Host: a', 'Content-Length: 4')}body`),
  bytes('HEAD with a body', `${lines('HEAD /users/1 HTTP/1.1', 'Host: a', 'Content-Length: 4')}body`),
  bytes('body without length', `${lines(...POST)}body`),
  bytes('body that is too long', `${lines(...POST, 'Content-Length: 4')}body and more`),
  bytes(
    'body that is a request',
    `${lines(...POST, 'Content-Length: 4')}${lines('GET / HTTP/1.1', 'Host: a')}`,
  ),
  bytes('100-continue, body sent', `${lines(...CONTINUE, 'Expect: 100-continue')}hello`),
  bytes('100-continue, body kept', lines(...CONTINUE, 'Expect: 100-continue')),
  bytes('100-continue without body', lines('GET /users/1 HTTP/1.1', 'Host: a', 'Expect: 100-continue')),
  bytes('100-continue, chunked', `${lines(...CHUNKED, 'Expect: 100-continue')}0\r\n\r\n`),
  bytes(
    '100-continue in HTTP/1.0',
    `${lines('POST /users/1 HTTP/1.0', 'Content-Length: 5', 'Expect: 100-continue')}hello`,
  ),
  ...['100-CONTINUE', 'x', '', '200-ok', '100-continue, x', '\xff', '100-continue; a'].map((expected) =>
    bytes(`expect ${shown(expected)}`, `${lines(...CONTINUE, `Expect: ${expected}`)}hello`),
  ),
];
