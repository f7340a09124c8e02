import { connect, type OutgoingHttpHeaders } from 'node:http2';
import { afterEach, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { endAll } from '../processes.ts';
import { startService } from '../service.ts';

afterEach(endAll);

/** How each framework writes the template of the route that all of them have. */
const ROUTES = {
  koa: '/shop/users/:id',
  fastify: '/shop/users/:id',
  hapi: '/shop/users/{id}',
  hono: '/shop/users/:id',
} as const;

it('frameworks that are served over HTTP/2 have their requests counted at their routes, without spans', async () => {
  const service = await startService('test/http2/service.ts');
  for (const name of Object.keys(ROUTES)) {
    await get(service.ports[name]!, { ':path': '/shop/users/17' });
    await get(service.ports[name]!, { ':path': `/${name}`, ':method': 'POST' });
  }
  const endpoints = await eventually('all eight requests', async () => {
    const { total_requests } = await service.admin.summary();
    return total_requests < 8 ? undefined : service.admin.endpoints();
  });
  const counts = Object.fromEntries(
    Object.entries(endpoints).map(([endpoint, { count, client_errors }]) => [
      endpoint,
      [count, client_errors],
    ]),
  );
  expect(counts).toEqual({
    'GET /shop/users/:id': [3, 0],
    'GET /shop/users/{id}': [1, 0],
    'POST /{name}': [4, 4],
  });
  await service.stop();
  expect(service.child.stderr.split('\n').filter((line) => line.includes('failed'))).toEqual([]);
});

/** @returns the body of the answer */
function get(port: number, headers: OutgoingHttpHeaders): Promise<string> {
  return new Promise((settle, fail) => {
    const session = connect(`http://127.0.0.1:${port}`);
    const stream = session.request(headers);
    let body = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    stream.on('error', fail).on('end', () => {
      session.close();
      settle(body);
    });
  });
}
