import fc from 'fast-check';

export interface Credentials {
  readonly admin: string;
  readonly viewer: string;
}

/** They look like tokens: none of them is one. */
const JWTS = [
  { alg: 'none' },
  { alg: 'HS256', kid: '../../dev/null' },
  { alg: 'RS256', jku: 'http://127.0.0.1:1/keys' },
].map((header) => [header, { sub: 'x', role: 'admin', exp: 9e9 }, ''].map(inBase64).join('.'));

function inBase64(part: object | string): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

/** Every client has an address of its own, but for a few that are wrong so often that nobody looks any more. */
const client = fc
  .tuple(fc.nat({ max: 15 }), fc.nat({ max: 255 }))
  .map(([c, d]) => `X-Forwarded-For: 10.0.${c}.${d}`);

const wrong = fc.constantFrom(
  'Basic dXNlcjpwYXNzd29yZA==',
  'Bearer',
  'Bearer wrong',
  'Bearer  two-spaces',
  `Bearer ${'a'.repeat(10_240)}`,
  'Bearer t\xf6ken',
  ...JWTS.map((jwt) => `Bearer ${jwt}`),
);

/** Who asks, from where: lines of a header. */
export function identities({ admin, viewer }: Credentials): fc.Arbitrary<readonly string[]> {
  const known = fc.oneof(
    { weight: 5, arbitrary: fc.constant(`Authorization: Bearer ${admin}`) },
    { weight: 1, arbitrary: fc.constant(`authorization: bearer ${viewer}`) },
  );
  return fc.oneof(
    { weight: 24, arbitrary: fc.tuple(known, client) },
    { weight: 2, arbitrary: client.map((line) => [line]) },
    { weight: 1, arbitrary: fc.tuple(known, known, client) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(wrong, fc.constantFrom(1, 2, 3))
        .map(([value, d]) => [`Authorization: ${value}`, `X-Forwarded-For: 203.0.113.${d}`]),
    },
  );
}

/** Fields of no effect on where the request ends. */
export const harmless = fc.constantFrom(
  'Content-Length: 0',
  'Range: bytes=0-1',
  'If-None-Match: *',
  'If-None-Match: "x", W/"y"',
  'If-Modified-Since: Sat, 19 Jul 2099 01:42:25 GMT',
  'Accept: text/html',
  'Accept-Encoding: gzip;q=0, *;q=0',
  'Accept-Encoding: gzip',
  'Accept-Encoding: br, gzip;q=0.5, \xff;q=x',
  'Origin: http://localhost',
  'Origin: https://evil.example',
  'Origin: null',
  'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors',
  'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate',
  'Sec-Fetch-Site: same-origin',
  'X-Forwarded-For: 127.0.0.1, unknown, [::1]:80',
  `X-Forwarded-For: ${'1.2.3.4, '.repeat(1_000)}fe80::1%eth0`,
  'Forwarded: for=evil',
  'X-HTTP-Method-Override: DELETE',
  '__proto__: x',
  'Cookie: a=b; __proto__=c',
  'Referer: https://evil.example/<script>',
  'traceparent: 00-zz-zz-01',
);

/** Fields that say where the request ends, or what becomes of its connection; and such as are none. */
export const framing = fc.oneof(
  fc.constantFrom(
    'Expect: 100-continue',
    'Expect: something',
    'Upgrade: websocket\r\nConnection: Upgrade',
    'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
    'Content-Length: 5\r\nTransfer-Encoding: chunked',
    'Content-Length: 70000',
    'Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\n\x1f\x8b\x08\x00\x00',
    'Content-Type: application/json\r\nContent-Length: 1\r\n\r\n{',
    'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0',
    'Host: evil:fake@ok',
    ' folded',
    ': nameless',
  ),
  fc
    .tuple(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 }))
    .map(([name, value]) => `${name}: ${value}`),
);

export const host = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom('Host: localhost', 'Host: 127.0.0.1:9797', 'Host: [::1]') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'Host: evil.example',
      'Host: ',
      'Host: evil:fake@ok',
      'Host: 127.0.0.1.evil.example',
    ),
  },
);
