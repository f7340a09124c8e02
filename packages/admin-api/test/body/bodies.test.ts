import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeskInMemory } from '../alerts/desk-in-memory.ts';
import { type Served, serve, TOKEN } from '../served.ts';

const desk = new DeskInMemory();
let served: Served;
beforeAll(async () => {
  served = await serve({ alerts: desk });
});
afterAll(() => served.close());
beforeEach(() => {
  desk.silences = [];
});

const HEAD = `POST /api/performance/alerts/silences HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n`;
const JSON_TYPE = 'Content-Type: application/json\r\n';

/** `400 invalid_body`: the status, and what the problem says for programs. */
async function answerTo(body: string | Buffer, headers = JSON_TYPE): Promise<string> {
  const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return shortAnswerTo(Buffer.concat([Buffer.from(`${HEAD}${headers}${length}\r\n`), Buffer.from(body)]));
}

async function shortAnswerTo(request: Buffer): Promise<string> {
  const [answer] = await served.raw(request);
  const { code, field } = JSON.parse(answer?.body || '{}') as { code?: string; field?: string };
  return [answer?.status, code, field].filter((part) => part !== undefined).join(' ');
}

const GOOD = '{"minutes":5}';

describe('a body', () => {
  it.each<[name: string, body: string | Buffer, answer: string, headers?: string]>([
    ['that is none', '', '400 invalid_body'],
    ['that is cut off', '{', '400 invalid_body'],
    ['that is a list', '[]', '400 invalid_body'],
    ['that is null', 'null', '400 invalid_body'],
    ['that is a text', '"minutes"', '400 invalid_body'],
    ['of 65 KB', `{"minutes":5${' '.repeat(66_000)}}`, '413 payload_too_large'],
    ['of 64 KB', `{"minutes":5${' '.repeat(65_536 - 13)}}`, '201'],
    ['of 10,000 lists in each other', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, '400 invalid_body'],
    [
      'with 10,000 lists in a field',
      `{"minutes":5,"comment":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      '400 invalid_field comment',
    ],
    ['with a key twice', '{"minutes":5,"minutes":50}', '400 repeated_field minutes'],
    ['with a key twice, once escaped', '{"minutes":5,"\\u006dinutes":50}', '400 repeated_field minutes'],
    ['with __proto__', '{"__proto__":{"minutes":5}}', '400 unknown_field __proto__'],
    ['with __proto__ beside it', '{"minutes":5,"__proto__":{"role":"admin"}}', '400 unknown_field __proto__'],
    ['with constructor', '{"minutes":5,"constructor":{"prototype":{}}}', '400 unknown_field constructor'],
    ['with a byte order mark', `\ufeff${GOOD}`, '201'],
    ['in UTF-16', Buffer.from(GOOD, 'utf16le'), '400 invalid_body'],
    [
      'said to be in UTF-16',
      Buffer.from(`\ufeff${GOOD}`, 'utf16le'),
      '400 invalid_body',
      'Content-Type: application/json; charset=utf-16\r\n',
    ],
    ['in Latin-1', Buffer.from('{"minutes":5,"comment":"\xe4"}', 'latin1'), '400 invalid_body'],
    ['of text', GOOD, '415 unsupported_media_type', 'Content-Type: text/plain\r\n'],
    [
      'of a form',
      'minutes=5',
      '415 unsupported_media_type',
      'Content-Type: application/x-www-form-urlencoded\r\n',
    ],
    ['of nothing said', GOOD, '415 unsupported_media_type', ''],
    ['of something like JSON', GOOD, '415 unsupported_media_type', 'Content-Type: application/json5\r\n'],
    ['of JSON in any case', GOOD, '201', 'Content-Type: Application/JSON;charset=UTF-8\r\n'],
    ['that is compressed', gzipSync(GOOD), '201', `${JSON_TYPE}Content-Encoding: gzip\r\n`],
    [
      'that would be 50 MB',
      gzipSync(Buffer.alloc(50_000_000, ' ')),
      '413 payload_too_large',
      `${JSON_TYPE}Content-Encoding: gzip\r\n`,
    ],
    ['that is no gzip', GOOD, '400 invalid_body', `${JSON_TYPE}Content-Encoding: gzip\r\n`],
    ['in Brotli', GOOD, '415 unsupported_media_type', `${JSON_TYPE}Content-Encoding: br\r\n`],
    ['compressed twice', GOOD, '415 unsupported_media_type', `${JSON_TYPE}Content-Encoding: gzip, gzip\r\n`],
  ])('%s is answered', async (_name, body, answer, ...[headers]) => {
    expect(await answerTo(body, headers)).toBe(answer);
    expect(desk.silences).toHaveLength(answer === '201' ? 1 : 0);
    expect(({} as { minutes?: unknown }).minutes).toBeUndefined();
  });

  it('in chunks is read up to 64 KB', async () => {
    const chunked = (...chunks: string[]): Buffer => {
      const framed = [...chunks, ''].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
      return Buffer.from(`${HEAD}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n${framed.join('')}`);
    };
    expect(await shortAnswerTo(chunked('{"min', 'utes":', '5}'))).toBe('201');
    expect(await shortAnswerTo(chunked('{"minutes":5', ...Array(70).fill(' '.repeat(1000)), '}'))).toBe(
      '413 payload_too_large',
    );
  });

  it('that never comes whole changes nothing, and is answered 408 in the end', async () => {
    const troubles: unknown[] = [];
    const slow = await serve(
      { alerts: desk, onError: (error) => troubles.push(error) },
      { headersMs: 100, requestMs: 200, checkMs: 20 },
    );
    const [answer] = await slow.raw(`${HEAD}${JSON_TYPE}Content-Length: 13\r\n\r\n{"min`);
    expect(answer?.status).toBe(408);
    await slow.close();
    expect([desk.silences, troubles]).toEqual([[], []]);
  });

  it('is no request of its own', async () => {
    const inside = `POST /api/performance/alerts/test HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`;
    await answerTo(inside);
    await answerTo(inside, 'Content-Type: text/plain\r\n');
    await answerTo(inside, '');
    expect(desk.tests).toBe(0);
  });
});

describe('what pages of elsewhere send', () => {
  it.each([
    'Origin: https://evil.example\r\n',
    'Origin: null\r\n',
    'Sec-Fetch-Site: cross-site\r\n',
    'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n',
    'Sec-Fetch-Site: same-site\r\n',
  ])('changes nothing, whatever it is said to be: %j', async (from) => {
    for (const type of [
      JSON_TYPE,
      'Content-Type: text/plain\r\n',
      'Content-Type: multipart/form-data\r\n',
      '',
    ]) {
      expect(await answerTo(GOOD, `${from}${type}Cookie: session=1\r\n`)).toBe('403 cross_origin');
    }
    expect(desk.silences).toEqual([]);
  });

  it('may change something where it is of this host', async () => {
    expect(
      await answerTo(GOOD, `Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n${JSON_TYPE}`),
    ).toBe('201');
  });

  it('may not where it may read', async () => {
    const open = await serve({ alerts: desk, allowedOrigins: ['https://dash.example'] });
    const from = 'Host: localhost\r\nOrigin: https://dash.example\r\nConnection: close\r\n';
    const ask = async (line: string, more = ''): Promise<number | undefined> =>
      (await open.raw(`${line} HTTP/1.1\r\n${from}Authorization: Bearer ${TOKEN}\r\n${more}\r\n`))[0]?.status;
    expect(await ask('GET /api/performance/alerts')).toBe(200);
    expect(await ask('POST /api/performance/alerts/test')).toBe(403);
    expect(await ask('DELETE /api/performance/alerts/silences/000000000000')).toBe(403);
    expect(
      await ask('OPTIONS /api/performance/alerts/test', 'Access-Control-Request-Method: DELETE\r\n'),
    ).toBe(204);
    await open.close();
    expect(desk.tests).toBe(0);
  });
});
