import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import mount from 'koa-mount';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';

/**
 * Tells in its answers all that it was told, so that whatever measuring changes in what an application sees
 * shows in the bytes that come back. One Koa server; one of `node:http` alone that takes upgrades.
 */
const router = new Router();
router.all('/users/:id', async (ctx) => {
  ctx.body = { route: ctx._matchedRoute, params: ctx.params, ...(await seen(ctx)) };
});
router.get('/fails', () => {
  throw new Error('failed');
});
const mounted = new Koa().use(async (ctx) => {
  ctx.body = { mounted: true, ...(await seen(ctx)) };
});
const koa = new Koa();
koa.silent = true;
koa.use(mount('/mounted', mounted));
koa.use(router.routes());
koa.use(router.allowedMethods());
koa.use(async (ctx) => {
  ctx.status = 404;
  ctx.body = await seen(ctx);
});

async function seen(ctx: Context): Promise<object> {
  const { path, querystring, search, host, hostname, protocol, secure, ip, fresh, idempotent, length } = ctx;
  const koaSaw = {
    path,
    querystring,
    search,
    host,
    hostname,
    protocol,
    secure,
    ip,
    fresh,
    idempotent,
    length,
  };
  return { koa: koaSaw, query: ctx.query, type: ctx.request.type, node: await nodeSaw(ctx.req) };
}

async function nodeSaw(request: IncomingMessage): Promise<object> {
  const { method, url, httpVersion, headers, rawHeaders } = request;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts).toString('latin1');
  return { method, url, httpVersion, headers, rawHeaders, body, rawTrailers: request.rawTrailers };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(await nodeSaw(request)));
  } catch {
    response.destroy();
  }
}

const servers = { koa: createServer(koa.callback()), plain: createServer(answer) };
servers.plain.on('upgrade', (request, socket, head) => {
  handled++;
  socket.on('error', () => {});
  const { method, url, rawHeaders } = request;
  socket.end(
    `HTTP/1.1 101 Switching Protocols\r\n\r\n${JSON.stringify({ method, url, rawHeaders, head: String(head) })}`,
  );
});

let handled = 0;
let listening = 0;
const all = Object.values(servers);
for (const server of all) {
  server.on('request', () => handled++);
  server.listen(0, '127.0.0.1', () => {
    if (++listening < all.length) return;
    const portOf = (one: typeof server): number => (one.address() as AddressInfo).port;
    const ports = { koa: portOf(servers.koa), plain: portOf(servers.plain) };
    ready(ports, { handled: () => handled, idle: () => whenIdle(all) });
  });
}
