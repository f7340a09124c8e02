import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cursors } from '../src/paging/cursors.ts';
import type { RawAnswer } from './raw-http.ts';
import { NOW_MS, type Served, serve, TOKEN } from './served.ts';

const cursorKey = randomBytes(32);

let served: Served;
beforeAll(async () => {
  served = await serve({ cursorKey });
});
afterAll(() => served.close());

interface Asked {
  readonly method?: string;
  /** Below the prefix. */
  readonly path?: string;
  /** Instead of prefix and path. */
  readonly target?: string;
  /** Instead of the one there is. */
  readonly host?: string;
  /** Instead of the one there is; in Latin-1. */
  readonly authorization?: string;
  /** With their line ends. */
  readonly headers?: string;
  readonly body?: string | Buffer;
}

async function answerTo(asked: Asked): Promise<RawAnswer> {
  const { method = 'GET', path = '/summary', target = `/api/performance${path}`, headers = '' } = asked;
  const { host = 'Host: localhost\r\n', authorization = `Authorization: Bearer ${TOKEN}\r\n` } = asked;
  const head = `${method} ${target} HTTP/1.1\r\n${host}${authorization}${headers}Connection: close\r\n\r\n`;
  const [answer] = await served.raw(
    Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(asked.body ?? '')]),
  );
  if (answer === undefined) throw new Error(`no answer to ${head}`);
  return answer;
}

/** `400 invalid_parameter from`: the status, and what the problem says for programs. */
async function shortAnswerTo(asked: Asked): Promise<string> {
  const { status, headers, body } = await answerTo(asked);
  if (!headers['content-type']?.startsWith('application/problem+json')) return String(status);
  const { code, parameter } = JSON.parse(body) as { code: string; parameter?: string };
  return [status, code, ...(parameter === undefined ? [] : [parameter])].join(' ');
}

describe('a query', () => {
  it.each([
    ['/summary', '200'],
    ['/summary?from=abc', '400 invalid_parameter from'],
    ['/summary?from=', '400 invalid_parameter from'],
    ['/summary?from=-1', '400 invalid_parameter from'],
    ['/summary?from=1e30', '400 invalid_parameter from'],
    ['/summary?from=2025-07-20&to=2025-07-19', '400 invalid_parameter from'],
    ['/summary?from=2025-07-19T03:42:25%2B02:00', '200'],
    ['/summary?hours=-1', '400 invalid_parameter hours'],
    ['/summary?hours=1e2', '400 invalid_parameter hours'],
    ['/summary?hours=%D9%A3', '400 invalid_parameter hours'],
    ['/slow-requests?limit=1&limit=2', '400 repeated_parameter limit'],
    ['/slow-requests?limit[]=1', '400 unknown_parameter limit[]'],
    ['/summary?a[b]=', '400 unknown_parameter a[b]'],
    ['/summary?__proto__=3', '400 unknown_parameter __proto__'],
    ['/summary?constructor=3', '400 unknown_parameter constructor'],
    [`/summary?${'x=1&'.repeat(3_900)}`, '400 unknown_parameter x'],
    ['/endpoints?sort=password', '400 invalid_parameter sort'],
    ['/endpoints?sort=p95;DROP', '400 invalid_parameter sort'],
    ['/endpoints?group=../../x', '400 unknown_parameter group'],
    ['/trends?endpoint=%00', '200'],
    ['/trends?endpoint=%E0%A4%A', '400 malformed_request'],
    ['/trends?endpoint=%C0%AF', '400 malformed_request'],
    ['/trends?endpoint=%ED%A0%80', '400 malformed_request'],
    [`/trends?endpoint=${'x'.repeat(15_000)}`, '200'],
    ['/endpoints/GET%20/nothing', '404 unknown_endpoint'],
    ['/endpoints/:id', '404 unknown_endpoint'],
    ['/endpoints/%00', '404 unknown_endpoint'],
    ['/trends?hours=720&step=1m', '400 invalid_parameter step'],
    ['/endpoints?limit=1000000000', '400 invalid_parameter limit'],
    ['/endpoints?page=1000000000', '400 unknown_parameter page'],
    ['/endpoints?cursor=x', '400 invalid_cursor cursor'],
    ['/endpoints?cursor=', '400 invalid_cursor cursor'],
  ])('%s is answered %s', async (path, answer) => {
    expect(await shortAnswerTo({ path })).toBe(answer);
  });

  it('goes on at no cursor that has expired, was changed or is of another list', async () => {
    const bookmark = { fromMs: 0, toMs: NOW_MS, sort: 'count', after: { value: 1, name: 'GET /' } };
    const cursorAt = (nowMs: number, resource: string) =>
      new Cursors({ key: cursorKey, clock: { now: () => nowMs } }).cursorOf({ ...bookmark, resource });
    const first = await served.get('/endpoints?limit=1');
    const given = first.headers.get('Tacho-Next-Cursor') ?? '';
    const forged = `${given.slice(0, -9)}${given.at(-9) === 'A' ? 'B' : 'A'}${given.slice(-8)}`;
    const ask = (path: string, cursor: string) => shortAnswerTo({ path: `${path}?cursor=${cursor}` });
    expect(await ask('/endpoints', given)).toBe('200');
    expect(await ask('/endpoints', forged)).toBe('400 invalid_cursor cursor');
    expect(await ask('/users', given)).toBe('400 invalid_cursor cursor');
    expect(await ask('/endpoints', cursorAt(NOW_MS - 7_200_000, 'endpoints'))).toBe(
      '410 cursor_expired cursor',
    );
  });
});

describe('a method', () => {
  it.each([
    ['HEAD', '/api/performance/summary', '200'],
    ['POST', '/api/performance/summary', '405 method_not_allowed'],
    ['TRACE', '/api/performance/summary', '405 method_not_allowed'],
    ['OPTIONS', '*', '405 method_not_allowed'],
    ['FOO', '/api/performance/summary', '400'],
  ])('%s %s is answered %s', async (method, target, answer) => {
    expect(await shortAnswerTo({ method, target })).toBe(answer);
  });
});

/** No resource takes one: it is not read, and its connection ends. */
describe('a body', () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));

  it.each<[name: string, body: string | Buffer, headers: string]>([
    ['that is cut off', '{', ''],
    ['that is a list', '[]', ''],
    ['of 10,000 lists in each other', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, ''],
    ['with a key twice', '{"a":1,"a":2}', ''],
    ['with __proto__', '{"__proto__":{"role":"admin"}}', ''],
    ['with a byte order mark', '\ufeff{}', ''],
    ['in UTF-16', Buffer.from('{}', 'utf16le'), ''],
    ['of text', 'from=abc', 'Content-Type: text/plain\r\n'],
    ['of 64 KB', Buffer.alloc(65_536, ' '), ''],
    ['that would be 50 MB', bomb, 'Content-Encoding: gzip\r\n'],
  ])('%s changes nothing', async (_name, body, headers) => {
    const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    const answer = await answerTo({ body, headers: `Content-Type: application/json\r\n${headers}${length}` });
    expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
  });

  it('in chunks changes nothing', async () => {
    const answer = await answerTo({ headers: 'Transfer-Encoding: chunked\r\n', body: '1\r\n{\r\n0\r\n\r\n' });
    expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
  });

  it('of more than 64 KB is refused', async () => {
    const headers = 'Content-Length: 65537\r\n';
    expect(await shortAnswerTo({ headers, body: Buffer.alloc(65_537) })).toBe('413 payload_too_large');
  });
});

describe('a header', () => {
  it.each<[name: string, asked: Asked, answer: string]>([
    ['named __proto__', { headers: '__proto__: x\r\n' }, '200'],
    ['of 17 KB', { headers: `X: ${'x'.repeat(17_000)}\r\n` }, '431'],
    ['without a Host', { host: '' }, '400 malformed_request'],
    ['with two', { host: 'Host: localhost\r\nHost: localhost\r\n' }, '400 malformed_request'],
    ['with credentials for a Host', { host: 'Host: evil:fake@ok\r\n' }, '400 malformed_request'],
    ['with a name that is not ours', { host: 'Host: evil.example\r\n' }, '421 misdirected_request'],
    [
      'with two lengths of the body',
      { headers: 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', body: '0\r\n\r\n' },
      '400',
    ],
    ['with a forged client', { headers: 'X-Forwarded-For: unknown, [::1]:80, fe80::1%eth0\r\n' }, '200'],
    [
      'with a list of clients of 10 KB',
      { headers: `X-Forwarded-For: ${'1.2.3.4, '.repeat(1_100)}\r\n` },
      '200',
    ],
    ['of another site', { headers: 'Origin: https://evil.example\r\n' }, '403 cross_origin'],
    ['of no site', { headers: 'Origin: null\r\n' }, '403 cross_origin'],
    ['of a page elsewhere', { headers: 'Sec-Fetch-Site: cross-site\r\n' }, '403 cross_origin'],
    ['without a token', { authorization: '' }, '401 unauthorized'],
    ['with Basic', { authorization: 'Authorization: Basic dDp0\r\n' }, '401 unauthorized'],
    ['with Bearer alone', { authorization: 'Authorization: Bearer\r\n' }, '401 unauthorized'],
    ['with two spaces', { authorization: `Authorization: Bearer  ${TOKEN}\r\n` }, '401 unauthorized'],
    ['with a scheme in lower case', { authorization: `Authorization: bearer ${TOKEN}\r\n` }, '200'],
    [
      'with two tokens',
      { authorization: `Authorization: Bearer ${TOKEN}\r\n`.repeat(2) },
      '401 unauthorized',
    ],
    [
      'with a token of 10 KB',
      { authorization: `Authorization: Bearer ${'a'.repeat(10_240)}\r\n` },
      '401 unauthorized',
    ],
    [
      'with a token beyond ASCII',
      { authorization: 'Authorization: Bearer t\xf6ken\r\n' },
      '401 unauthorized',
    ],
  ])('%s is answered', async (_name, asked, answer) => {
    expect(await shortAnswerTo(asked)).toBe(answer);
  });
});
