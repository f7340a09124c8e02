import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Validator,
  validateEndpoints,
  validateHealth,
  validateProblem,
  validateSlowRequests,
  validateSummary,
  validateSystemMetrics,
  validateTrends,
} from '@tacho/api-contract';
import fc from 'fast-check';
import type { RawAnswer } from './raw-http.ts';
import { NOW_MS, type Served, serve, TOKEN } from './served.ts';

const BATCHES = 42;
const BATCH_SIZE = 50;

/** What Node answers by itself, without a body, to what is no request. */
const BY_NODE = [400, 408, 413, 417, 431];
const ANSWERS: Validator<unknown>[] = [
  validateSummary,
  validateEndpoints,
  validateSlowRequests,
  validateSystemMetrics,
  validateTrends,
  validateHealth,
];

const nastyText = fc.oneof(
  fc.constantFrom(
    '',
    '%',
    '%00',
    '%C0%AF',
    '%E0%A4%A',
    '%2F',
    '..',
    '__proto__',
    '+',
    '{id}',
    '[',
    '\xff',
    '\t',
  ),
  fc.constantFrom('0', '1001', '-1', '1e3', '0x10', '%D9%A3', '9'.repeat(400), '%20', '=', '?', '/', '#'),
  fc.string({ maxLength: 12 }),
);

const encodedText = fc
  .string({ unit: 'binary', maxLength: 6 })
  .map((text) => encodeURIComponent(text.toWellFormed()));

const text = fc.oneof({ weight: 1, arbitrary: nastyText }, { weight: 2, arbitrary: encodedText });

const path = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '/summary',
      '/endpoints',
      '/slow-requests',
      '/system-metrics',
      '/trends',
      '/health',
      '/endpoints/POST%20/api/auth/login',
      '/endpoints/GET%20__proto__',
    ),
  },
  { weight: 2, arbitrary: text.map((name) => `/endpoints/${name}`) },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`) },
);

const rangeName = fc.constantFrom('from', 'to');
const trendName = fc.constantFrom('from', 'to', 'compare', 'step', 'metric', 'endpoint');

const moment = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.integer({ min: -5, max: 5 }).map((days) => String(NOW_MS + days * 3_600_000)),
  fc.constantFrom(
    '0',
    '1',
    '2025-07-19',
    '9999-12-31',
    '253402300799999',
    '1969-12-31',
    '2025-07-19T03:42+02:00',
  ),
);

const compare = fc.oneof(
  fc.constant('previous'),
  fc.tuple(moment, moment).map((both) => both.join('/')),
);

const step = fc
  .tuple(fc.nat({ max: 400 }), fc.constantFrom('m', 'h', 'd', 's', ''))
  .map(([number, unit]) => `${number}${unit}`);

const parameter = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 720 }).map((hours) => `hours=${hours}`) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 1000 }).map((limit) => `limit=${limit}`) },
  { weight: 1, arbitrary: text.map((value) => `hours=${value}`) },
  { weight: 4, arbitrary: fc.tuple(rangeName, moment).map(([name, value]) => `${name}=${value}`) },
  { weight: 2, arbitrary: compare.map((value) => `compare=${value}`) },
  { weight: 2, arbitrary: step.map((value) => `step=${value}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('metric=p95', 'metric=requests', 'metric=', 'endpoint=GET%20/', 'endpoint='),
  },
  { weight: 1, arbitrary: fc.tuple(trendName, text).map(([name, value]) => `${name}=${value}`) },
  { weight: 1, arbitrary: fc.tuple(text, text).map(([name, value]) => `${name}=${value}`) },
);

const query = fc.array(parameter, { maxLength: 3 }).map((parameters) => parameters.join('&'));

const target = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(path, query).map(([p, q]) => `/api/performance${p}${q && `?${q}`}`) },
  { weight: 1, arbitrary: path.map((p) => `http://localhost/api/performance${p}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('*', 'http://', '//', '//[', '', '/', 'localhost:80', '/\\', 'x:y'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 30 }) },
);

const method = fc.oneof(
  { weight: 12, arbitrary: fc.constant('GET') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'QUERY'),
  },
  { weight: 1, arbitrary: fc.constantFrom('FOO', 'get', '', 'GET\tGET') },
);

const identity = fc.oneof(
  { weight: 8, arbitrary: fc.constant(`Authorization: Bearer ${TOKEN}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'Authorization: Bearer',
      'Authorization: Bearer wrong',
      `Authorization: Bearer ${TOKEN}\r\nAuthorization: Bearer ${TOKEN}`,
    ),
  },
);

const header = fc.constantFrom(
  'Content-Length: 0',
  'Expect: 100-continue',
  'Upgrade: websocket\r\nConnection: Upgrade',
  'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
  'Range: bytes=0-1',
  'If-None-Match: *',
  'If-Modified-Since: Sat, 19 Jul 2099 01:42:25 GMT',
  'Accept: text/html',
  'Accept-Encoding: gzip;q=0, *;q=0',
  'X-Forwarded-For: 127.0.0.1, unknown, [::1]:80',
  'X-HTTP-Method-Override: DELETE',
  '__proto__: x',
  'Cookie: a=b; __proto__=c',
);

const malformedHeader = fc.oneof(
  fc.constantFrom(
    'Content-Length: 5\r\nTransfer-Encoding: chunked',
    'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0',
    'Expect: something',
    'Host: evil:fake@ok',
    ' folded',
    ': nameless',
  ),
  fc
    .tuple(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 }))
    .map(([name, value]) => `${name}: ${value}`),
);

const headers = fc.array(
  fc.oneof({ weight: 8, arbitrary: header }, { weight: 1, arbitrary: malformedHeader }),
  { maxLength: 2 },
);

const wholeRequest = fc
  .record({ method, target, identity, headers })
  .map(({ method, target, identity, headers }) => {
    const fields = ['Host: localhost', 'Connection: close', identity, ...headers].filter(
      (line) => line !== '',
    );
    return `${method} ${target} HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`;
  });

/** Bytes that take the place of a piece of a request. */
const damage = fc.record({
  at: fc.nat({ max: 200 }),
  length: fc.nat({ max: 8 }),
  bytes: fc.uint8Array({ maxLength: 8 }),
});

const anyRequest = fc
  .tuple(
    wholeRequest,
    fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: damage }),
  )
  .map(([whole, damaged]) => {
    const request = Buffer.from(whole, 'latin1');
    if (damaged === undefined) return request;
    const { at, length, bytes } = damaged;
    return Buffer.concat([request.subarray(0, at), bytes, request.subarray(at + length)]);
  });

let served: Served;
const told: unknown[] = [];
beforeAll(async () => {
  served = await serve({ onError: (error) => told.push(error) });
});
afterAll(() => served.close());

function expectToBeRight({ status, headers, body }: RawAnswer, isHead: boolean): void {
  const type = headers['content-type'];
  expect(status).toBeLessThan(500);
  if (type === undefined) {
    // What the reader has is not sent again.
    expect([304, ...BY_NODE]).toContain(status);
    expect(body).toBe('');
    return;
  }
  expect(type).toBe(status === 200 ? 'application/json; charset=utf-8' : 'application/problem+json');
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  if (isHead) {
    expect(body).toBe('');
    return;
  }
  const answer = JSON.parse(body);
  const validators = status === 200 ? ANSWERS : [validateProblem];
  expect(validators.map((validate) => validate(answer))).toContainEqual({ ok: true, value: answer });
  if (status !== 200) expect(answer.status).toBe(status);
}

describe('any request', () => {
  it('is answered as the contract says, and never with a 5xx', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    const counted = new Map<number, number>();

    const batches = fc.asyncProperty(
      fc.array(anyRequest, { minLength: BATCH_SIZE, maxLength: BATCH_SIZE }),
      async (requests) => {
        const answers = await Promise.all(requests.map((request) => served.raw(request)));
        for (const [index, ofOne] of answers.entries()) {
          for (const [nth, answer] of ofOne.entries()) {
            expectToBeRight(answer, nth === 0 && requests[index]!.toString('latin1').startsWith('HEAD '));
            counted.set(answer.status, (counted.get(answer.status) ?? 0) + 1);
          }
        }
      },
    );
    await fc.assert(batches, { numRuns: BATCHES });

    expect(told).toEqual([]);
    expect(unhandled).toEqual([]);
    process.off('unhandledRejection', note);
    // The requests were such that each kind of answer was among theirs.
    expect([...counted.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 404, 405]));
    expect([...counted.values()].reduce((sum, n) => sum + n)).toBeGreaterThan(BATCHES * BATCH_SIZE * 0.8);
    expect((await served.get('/summary')).status).toBe(200);
  });
});
