import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bearers } from './bearers.ts';
import type { RawAnswer } from './raw-http.ts';
import { type Served, STRICT, serve, TOKEN } from './served.ts';

const SECOND_TOKEN = 'another-one!';

let served: Served;
beforeAll(async () => {
  served = await serve({ identify: bearers(TOKEN, SECOND_TOKEN) });
});
afterAll(() => served.close());

async function askWith(headers: string | Buffer, path = '/api/performance/summary'): Promise<RawAnswer> {
  const start = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n`);
  const [answer] = await served.raw(Buffer.concat([start, Buffer.from(headers), Buffer.from('\r\n')]));
  return answer!;
}

function authorization(value: string): string {
  return `Authorization: ${value}\r\n`;
}

const refused: [name: string, headers: string | Buffer][] = [
  ['none', ''],
  ['an empty one', authorization('')],
  ['Basic', authorization(`Basic ${btoa(`user:${TOKEN}`)}`)],
  ['the token without a scheme', authorization(TOKEN)],
  ['Bearer alone', authorization('Bearer')],
  ['Bearer and a space', authorization('Bearer ')],
  ['two spaces', authorization(`Bearer  ${TOKEN}`)],
  ['a tab', authorization(`Bearer\t${TOKEN}`)],
  ['something after the token', authorization(`Bearer ${TOKEN} x`)],
  ['a wrong token', authorization('Bearer wrong')],
  ['the token but its last character', authorization(`Bearer ${TOKEN.slice(0, -1)}`)],
  ['the token and one more character', authorization(`Bearer ${TOKEN}x`)],
  ['the token in capitals', authorization(`Bearer ${TOKEN.toUpperCase()}`)],
  ['a token of 10 KB', authorization(`Bearer ${'a'.repeat(10_240)}`)],
  ['a token in UTF-8', authorization('Bearer tökén-🔑')],
  ['a token in Latin-1', Buffer.from(authorization('Bearer tökén'), 'latin1')],
  ['two, the first one right', authorization(`Bearer ${TOKEN}`) + authorization('Bearer wrong')],
  ['two, the second one right', authorization('Bearer wrong') + authorization(`Bearer ${TOKEN}`)],
  ['two, both right', authorization(`Bearer ${TOKEN}`).repeat(2)],
  ['two tokens in one', authorization(`Bearer ${TOKEN}, Bearer ${TOKEN}`)],
  ['both tokens in one', authorization(`Bearer ${TOKEN},${SECOND_TOKEN}`)],
  ['the token in a cookie', `Cookie: token=${TOKEN}\r\n`],
  ['the token for a proxy', `Proxy-Authorization: Bearer ${TOKEN}\r\n`],
];

describe('an identity', () => {
  it.each(refused)('is missing: %s', async (_name, headers) => {
    expect(await askWith(headers)).toEqual({
      status: 401,
      headers: {
        ...STRICT,
        'www-authenticate': 'Bearer',
        'content-type': 'application/problem+json',
        'content-length': expect.any(String),
        connection: 'close',
      },
      body: JSON.stringify({
        type: 'about:blank',
        title: 'Unauthorized',
        status: 401,
        detail: 'A valid token is needed: Authorization: Bearer <token>',
        code: 'unauthorized',
      }),
    });
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('is given with the scheme %s', async (scheme) => {
    expect((await askWith(authorization(`${scheme} ${TOKEN}`))).status).toBe(200);
  });

  it('is given by any of the tokens', async () => {
    expect((await askWith(authorization(`Bearer ${SECOND_TOKEN}`))).status).toBe(200);
  });

  it('is given by a header of any case', async () => {
    expect((await askWith(`aUTHORIZATION: Bearer ${TOKEN}\r\n`)).status).toBe(200);
  });

  it('is not looked for behind more headers than Node reads', async () => {
    const answer = await askWith('a:b\r\n'.repeat(2100) + authorization(`Bearer ${TOKEN}`));
    // Older versions leave out what is past their limit, newer ones refuse the request.
    expect([401, 431]).toContain(answer.status);
  });

  it('does not hang on a header named __proto__', async () => {
    expect((await askWith(`__proto__: x\r\n${authorization(`Bearer ${TOKEN}`)}`)).status).toBe(200);
  });
});

describe('without an identity', () => {
  const requests = [
    'GET / HTTP/1.1',
    'GET /nowhere HTTP/1.1',
    'GET /api/performance/endpoints HTTP/1.1',
    'GET /api/performance/endpoints/GET%20/ HTTP/1.1',
    'GET /api/performance/slow-requests?limit=0 HTTP/1.1',
    'GET /api/performance/system-metrics?unknown=1 HTTP/1.1',
    'GET /api/performance/%C0%AF HTTP/1.1',
    'GET http:// HTTP/1.1',
    'GET //[ HTTP/1.1',
    'GET * HTTP/1.1',
    'POST /api/performance/summary HTTP/1.1\r\nContent-Length: 0',
    'OPTIONS * HTTP/1.1',
    'TRACE /api/performance/summary HTTP/1.1',
  ];

  it.each(requests)('nothing is told of %s', async (request) => {
    const [answer] = await served.raw(`${request}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).toEqual(await askWith(''));
  });

  it('HEAD is refused in the same way, without the body', async () => {
    const [answer] = await served.raw(
      'HEAD /api/performance/summary HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toEqual({ ...(await askWith('')), body: '' });
  });
});

describe('without tokens', () => {
  it.each([`Bearer ${TOKEN}`, 'Bearer undefined', 'Bearer', ''])(
    'nobody has an identity: %j',
    async (value) => {
      const shut = await serve({ identify: bearers() });
      const answer = await shut.get('/summary', { headers: { Authorization: value } });
      expect(answer.status).toBe(401);
      await shut.close();
    },
  );
});
