import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Served, serve, TOKEN } from './served.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

async function statusOf(target: string): Promise<number | undefined> {
  const [answer] = await served.raw(
    Buffer.from(
      `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
      'latin1',
    ),
  );
  return answer?.status;
}

describe('a request target', () => {
  it.each([
    ['/api/performance/summary', 200],
    ['http://localhost/api/performance/summary', 200],
    ['HTTP://127.0.0.1:9797/api/performance/summary?hours=1', 200],
    ['https://[::1]/api/performance/summary', 200],
    ['http://', 400],
    ['http:///api/performance/summary', 400],
    ['http://[', 400],
    ['http://[::1', 400],
    ['http://a:b:c/', 400],
    ['http://localhost:99999/', 400],
    ['http://user:password@localhost/api/performance/summary', 400],
    ['http://localhost', 404],
    ['http://localhost?hours=1', 404],
    ['ftp://localhost/api/performance/summary', 400],
    ['javascript:alert(1)', 400],
    ['api/performance/summary', 400],
    ['//', 404],
    ['///', 404],
    ['//[', 400],
    ['//localhost/api/performance/summary', 404],
    ['/[', 400],
    ['*', 405],
    ['*/x', 400],
    ['?', 400],
    ['#', 400],
    ['/#', 400],
    ['/api/performance/summary#top', 400],
    ['/api/performance/summary?hours=1#top', 400],
    ['/\xff', 400],
    ['/\x80', 400],
    ['/api/performance/summary?hours=\xff', 400],
    ['/\t', 400],
    ['\t', 400],
    ['/\x7f', 400],
    ['/\0', 400],
    ['/"', 400],
    ['/\\', 400],
    ['/|', 400],
    ['/%', 400],
    ['/%zz', 400],
    ['/%C0%AF', 400],
    ['/%E0%A4%A', 400],
    ['/%ff', 400],
    ['/%00', 404],
    ['/', 404],
    ['/api/performance', 404],
    ['/api/performance/', 404],
    ['/api/performance/summary/', 404],
    ['/api/performance/endpoints/', 404],
    ['/api/performance//summary', 404],
    ['/API/performance/summary', 404],
    ['/api/performance/./summary', 404],
    ['/api/performance/x/../summary', 404],
    ['/api/performance/%2e%2e/summary', 404],
    ['/api/performance/:resource', 404],
    ['/api/performance/__proto__', 404],
    ['/api/performance/summary;x=1', 404],
    [`/${'a'.repeat(15_000)}`, 404],
    [`/${'a'.repeat(17_000)}`, 431],
  ])('%j is answered %d', async (target, status) => {
    expect(await statusOf(target)).toBe(status);
  });
});
