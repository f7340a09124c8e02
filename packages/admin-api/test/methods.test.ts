import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Served, serve, TOKEN } from './served.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

function request(method: string, target: string, rest = '\r\n'): string {
  return `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${TOKEN}\r\n${rest}`;
}

const paths = ['/summary', '/endpoints', '/endpoints/GET%20/', '/slow-requests', '/system-metrics'];

describe.each(paths)('%s', (path) => {
  const target = `/api/performance${path}`;

  it('answers HEAD as GET, without the body', async () => {
    const [get] = await served.raw(request('GET', target));
    const [head] = await served.raw(request('HEAD', target));
    expect(get?.status).toBe(200);
    expect(head).toEqual({ ...get, body: '' });
    expect(Number(head?.headers['content-length'])).toBe(Buffer.byteLength(get?.body ?? ''));
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'])(
    'allows no %s, and says what it allows',
    async (method) => {
      const [answer] = await served.raw(request(method, target));
      expect(answer?.status).toBe(405);
      expect(answer?.headers.allow).toBe('GET, HEAD');
      expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status: 405, code: 'method_not_allowed' });
    },
  );
});

describe('a method', () => {
  it('that HTTP does not know is refused before it gets here', async () => {
    const [answer] = await served.raw(request('FOO', '/api/performance/summary'));
    expect(answer?.status).toBe(400);
  });

  it('is of no interest where there is nothing', async () => {
    const [answer] = await served.raw(request('POST', '/api/performance/nothing'));
    expect(answer?.status).toBe(404);
  });

  it('of all the server has no meaning here', async () => {
    const [answer] = await served.raw(request('OPTIONS', '*'));
    expect([answer?.status, answer?.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it.each(['X-HTTP-Method-Override', 'X-Method-Override'])('is not read from %s', async (header) => {
    const [answer] = await served.raw(request('POST', '/api/performance/summary', `${header}: GET\r\n\r\n`));
    expect(answer?.status).toBe(405);
  });
});

describe('a body', () => {
  it('is not waited for', async () => {
    const [answer] = await served.raw(
      request('GET', '/api/performance/summary', 'Content-Length: 60000\r\n\r\n{'),
    );
    expect(answer?.status).toBe(200);
  });
});
