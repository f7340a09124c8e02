import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRequest, emptyWindow, historyOf, type Served, serve } from './served.ts';

const routes = [
  '/api/auth/login',
  '/',
  '',
  '/trailing/',
  '/users/{id}',
  '/users/:id',
  '/a//b',
  '/summary',
  '/with space',
  '/100%',
  '/%2F',
  '/a?b=c#d',
  '/[id]',
  '/grüße/🚀',
  '__proto__',
  'a\nb',
  '/../etc',
];

let served: Served;
beforeAll(async () => {
  const window = emptyWindow();
  for (const route of routes) window.record(aRequest({ method: 'POST', route }));
  served = await serve({ history: historyOf(window) });
});
afterAll(() => served.close());

async function keysAt(path: string): Promise<string[]> {
  const answer = await served.get(path);
  expect(answer.status).toBe(200);
  return Object.keys((await answer.json()) as object);
}

describe('one endpoint', () => {
  it("answers at the guide's path", async () => {
    const answer = await served.get('/endpoints/POST%20/api/auth/login');
    expect(await answer.json()).toMatchObject({
      'POST /api/auth/login': {
        count: 1,
        total_time: 0.1,
        avg_time: 0.1,
        min_time: 0.1,
        max_time: 0.1,
        errors: 0,
      },
    });
  });

  it('answers at the same path fully encoded', async () => {
    expect(await keysAt('/endpoints/POST%20%2Fapi%2Fauth%2Flogin')).toEqual(['POST /api/auth/login']);
  });

  it.each(routes)('is found by its encoded name: POST %j', async (route) => {
    const name = `POST ${route}`;
    expect(await keysAt(`/endpoints/${encodeURIComponent(name)}`)).toEqual([name]);
  });

  it('is found by its template as people copy it', async () => {
    const [answer] = await served.raw(
      'GET /api/performance/endpoints/POST%20/users/{id} HTTP/1.1\r\nHost: localhost\r\n' +
        'Connection: close\r\nAuthorization: Bearer a-token-for-these-tests\r\n\r\n',
    );
    expect(Object.keys(JSON.parse(answer?.body ?? ''))).toEqual(['POST /users/{id}']);
  });

  it('is decoded once', async () => {
    expect(await keysAt('/endpoints/POST%20/%252F')).toEqual(['POST /%2F']);
    expect((await served.get('/endpoints/POST%20%2F%2F')).status).toBe(404);
  });

  it.each([
    'GET%20/api/auth/login',
    'POST%20/api/auth',
    'POST%20/api/auth/login/',
    'POST',
    '%00',
    ':endpoint',
    '*endpoint',
    'post%20/api/auth/login',
    'POST+/api/auth/login',
    `POST%20/${'a'.repeat(9000)}`,
  ])('is unknown: %s', async (name) => {
    const answer = await served.get(`/endpoints/${name}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'unknown_endpoint', status: 404 });
  });

  it.each(['%', '%E0%A4%A', '%C0%AF', 'POST%20/%ED%A0%80'])('has a malformed name: %s', async (name) => {
    const answer = await served.get(`/endpoints/${name}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'malformed_request' });
  });
});

describe('all endpoints', () => {
  it('answer with every one of them', async () => {
    expect((await keysAt('/endpoints')).sort()).toEqual(routes.map((route) => `POST ${route}`).sort());
  });

  it('keep a key that a plain object would lose', async () => {
    const text = await (await served.get('/endpoints')).text();
    expect(text).toContain('"POST __proto__":{"count":1,');
  });
});
