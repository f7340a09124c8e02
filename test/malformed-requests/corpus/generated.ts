import type { Case } from './case.ts';

const SEEDS: readonly string[] = [
  'GET /users/1?a=b HTTP/1.1\r\nHost: a\r\nUser-Agent: seed/1.0\r\nAccept: */*\r\n\r\n',
  'POST /users/2 HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}',
  'PUT /mounted/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  'GET http://a/users/3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET /users/4 HTTP/1.1\r\nHost: a\r\ntraceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nbaggage: a=b,c=d\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4, 5.6.7.8\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
];

const FRAGMENTS: readonly string[] = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\0',
    ' ',
    '\t',
    ':',
    '//',
    '[',
    ']',
    '%',
    '%00',
    '%ff',
    '\xff',
    '\x80',
    '?',
    '#',
    '*',
    '@',
    '\\',
    ',',
  ],
  ...[
    'HTTP/1.1',
    'Host: b\r\n',
    'Content-Length: 3\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Expect: 100-continue\r\n',
    'http://',
    '0\r\n\r\n',
  ],
];

/** @returns requests made from good ones by a few random changes each; the same ones every time */
export function generated(count: number, seed: number): Case[] {
  const random = numbersFrom(seed);
  return Array.from({ length: count }, (_, i) => {
    let text = SEEDS[random(SEEDS.length)]!;
    for (let changes = 1 + random(3); changes > 0; changes--) text = changed(text, random);
    return { name: `generated ${seed}/${i}`, bytes: Buffer.from(text, 'latin1') };
  });
}

type Random = (below: number) => number;

function changed(text: string, random: Random): string {
  const at = random(text.length + 1);
  const length = 1 + random(8);
  switch (random(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + FRAGMENTS[random(FRAGMENTS.length)]! + text.slice(at);
    case 3:
      return (
        text.slice(0, at) + text.slice(at, at + length).repeat(1 + random(200)) + text.slice(at + length)
      );
    case 4:
      return text.slice(0, at) + text.slice(random(text.length));
    default:
      return text.slice(0, Math.max(at, 1));
  }
}

/** Marsaglia's xorshift32. */
function numbersFrom(seed: number): Random {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
