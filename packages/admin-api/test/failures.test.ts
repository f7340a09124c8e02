import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { validateProblem } from '@tacho/api-contract';
import { TachoError } from '@tacho/core';
import { emptyWindow, historyOf, NOW_MS, type Served, serve } from './served.ts';

const paths = [
  '/summary',
  '/endpoints',
  '/endpoints/GET%20/',
  '/slow-requests',
  '/system-metrics',
  '/trends',
  '/review',
];
const secret = new Error('SQLITE_BUSY: /var/lib/private/tacho.db');
const unavailable = new TachoError('TACHO_STORE_UNAVAILABLE', 'The store is locked.', { cause: secret });

const unreadable = {
  window: () => Promise.reject(unavailable),
  series: () => Promise.reject(unavailable),
};

let told: [error: unknown, requestId: string][];
let served: Served;
beforeEach(() => {
  told = [];
});
afterEach(() => served.close());

function onError(error: unknown, requestId: string): void {
  told.push([error, requestId]);
}

describe('while the store cannot be read', () => {
  const causes = [
    ['rejects', () => Promise.reject(unavailable)],
    ['rejects with another error', () => Promise.reject(secret)],
    ['rejects with nothing', () => Promise.reject()],
    [
      'throws',
      () => {
        throw secret;
      },
    ],
  ] as const;

  describe.each(causes)('it %s', (_name, read) => {
    it.each(paths)('and %s is answered 503', async (path) => {
      served = await serve({ history: { window: read, series: read }, onError });
      const answer = await served.get(path);
      const text = await answer.text();
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(validateProblem(JSON.parse(text))).toMatchObject({ ok: true });
      expect(JSON.parse(text)).toMatchObject({ code: 'store_unavailable', status: 503 });
      expect(text).not.toMatch(/sqlite|locked|var|private|\.ts|node_modules/i);
    });
  });

  it('the error is told once, under the request id of the answer', async () => {
    served = await serve({ history: unreadable, onError });
    const { request_id } = (await (await served.get('/summary')).json()) as { request_id: string };
    expect(told).toEqual([[unavailable, request_id]]);
  });

  it('HEAD is answered 503 too', async () => {
    served = await serve({ history: unreadable, onError });
    const answer = await served.get('/summary', {
      method: 'HEAD',
      headers: { Authorization: 'Bearer a-token-for-these-tests' },
    });
    expect([answer.status, await answer.text()]).toEqual([503, '']);
  });

  it('a bad parameter and a missing identity are still told first', async () => {
    served = await serve({ history: unreadable, onError });
    expect((await served.get('/summary?hours=0')).status).toBe(400);
    expect((await served.get('/summary', { headers: {} })).status).toBe(401);
    expect(told).toEqual([]);
  });
});

describe('something that nobody thought of', () => {
  const broken = Object.defineProperty(emptyWindow(), 'endpoints', {
    get: () => {
      throw secret;
    },
  });

  const brokenHistory = {
    window: async () => ({ ...(await historyOf(emptyWindow()).window(0, NOW_MS)), window: broken }),
    series: () => Promise.reject(unavailable),
  };

  it('is answered 500, told once, and says nothing', async () => {
    served = await serve({ history: brokenHistory, onError });
    const answer = await served.get('/endpoints');
    const body = (await answer.json()) as { request_id: string };
    expect(answer.status).toBe(500);
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: expect.not.stringMatching(/sqlite|var|private/i),
      code: 'internal_error',
      request_id: expect.any(String),
    });
    expect(told).toEqual([[secret, body.request_id]]);
  });

  it('is printed nowhere', async () => {
    const printed = (['log', 'error', 'warn', 'info'] as const).map((name) =>
      jest.spyOn(console, name).mockImplementation(() => {}),
    );
    served = await serve({ history: brokenHistory });
    await served.get('/endpoints');
    expect(printed.flatMap((spy) => spy.mock.calls)).toEqual([]);
    jest.restoreAllMocks();
  });

  it('is answered the same when telling fails as well', async () => {
    served = await serve({
      history: brokenHistory,
      onError: () => {
        throw new Error('the log is full');
      },
    });
    const answer = await served.get('/endpoints');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ code: 'internal_error' });
  });
});

describe('request ids', () => {
  it('tell answers apart', async () => {
    served = await serve();
    const ids = new Set<unknown>();
    for (let n = 0; n < 50; n++) {
      const { request_id } = (await (await served.get('/nothing')).json()) as { request_id: string };
      ids.add(request_id);
    }
    expect(ids.size).toBe(50);
    expect([...ids]).toEqual([...ids].filter((id) => /^[a-z0-9]+-[a-z0-9]+$/.test(String(id))));
  });
});
