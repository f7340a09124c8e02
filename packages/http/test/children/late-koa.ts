/**
 * Serves a Koa application that is loaded at a given time in a given way, and prints the endpoints that its
 * requests were counted under: `late-koa.ts <import|require> <before|after|listening>`.
 */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type RouterClass from '@koa/router';
import type KoaClass from 'koa';
import { Exclusions } from '../../src/excluded.ts';
import { ServerHooks } from '../../src/server-hooks.ts';

const [, , how, when] = process.argv;
const require = createRequire(import.meta.url);

const endpoints: string[] = [];
const hooks = new ServerHooks({
  exclusions: new Exclusions([]),
  userOf: () => undefined,
  notMeasured: (kind) => endpoints.push(kind),
  onEnd: ({ method, route, status }) => endpoints.push(`${method} ${route} ${status}`),
  now: Date.now,
  attach: () => undefined,
});

async function load<T>(name: string): Promise<T> {
  return how === 'import' ? (await import(name)).default : require(name);
}

async function koaListener(): Promise<RequestListener> {
  const Koa = await load<typeof KoaClass>('koa');
  const Router = await load<typeof RouterClass>('@koa/router');
  const router = new Router({ prefix: '/api' });
  router.get('/users/:id', (ctx) => {
    ctx.body = ctx._matchedRoute;
  });
  return new Koa().use(router.routes()).callback();
}

if (when !== 'before') hooks.install();
let listener: RequestListener | undefined;
const server = createServer((request, response) => listener?.(request, response));
if (when !== 'listening') listener = await koaListener();
if (when === 'before') hooks.install();
await once(server.listen(0, '127.0.0.1'), 'listening');
listener ??= await koaListener();

const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const bodies = [];
for (const path of ['/api/users/17', '/elsewhere/17']) bodies.push(await (await fetch(url + path)).text());
server.close();
server.closeAllConnections();
await once(server, 'close');
process.stdout.write(JSON.stringify({ endpoints, body: bodies[0] }));
