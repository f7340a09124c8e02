import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import hapi from '@hapi/hapi';
import { getRequestListener } from '@hono/node-server';
import Router from '@koa/router';
import { fastify } from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { ready } from '../side-channel.ts';

/** Applications of the frameworks that can be served over HTTP/2, each on a port of its own. */
const router = new Router({ prefix: '/shop' });
router.get('/users/:id', (ctx) => {
  ctx.body = ctx.httpVersion;
});
const koa = new Koa();
koa.use(router.routes());
const koaServer = http2.createServer(koa.callback());

const fastifyApp = fastify({ http2: true });
fastifyApp.get('/shop/users/:id', async (request) => request.raw.httpVersion);

const hapiServer = http2.createServer();
const hapiApp = hapi.server({ listener: hapiServer as never, autoListen: false });
hapiApp.route({ method: 'GET', path: '/shop/users/{id}', handler: (request) => request.raw.req.httpVersion });
await hapiApp.initialize();

const hono = new Hono();
hono.get('/shop/users/:id', (context) => context.text('2.0'));
const honoServer = http2.createServer(getRequestListener(hono.fetch) as never);

function listen(server: http2.Http2Server | http2.Http2SecureServer): Promise<number> {
  return new Promise((settle) => {
    server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port));
  });
}

await fastifyApp.listen({ port: 0, host: '127.0.0.1' });
ready({
  koa: await listen(koaServer),
  fastify: (fastifyApp.server.address() as AddressInfo).port,
  hapi: await listen(hapiServer),
  hono: await listen(honoServer),
});
