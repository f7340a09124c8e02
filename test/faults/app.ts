import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import { context, propagation, trace } from '@opentelemetry/api';
import Koa from 'koa';

/** A service that does with its requests what services do: both servers, listening. */
export interface App {
  readonly koa: Server;
  readonly plain: Server;
  readonly ports: { readonly koa: number; readonly plain: number };
}

export async function startApp(): Promise<App> {
  const plain = plainServer();
  const plainPort = await portOf(plain);
  const koa = createServer(koaApp(plainPort).callback());
  return { koa, plain, ports: { koa: await portOf(koa), plain: plainPort } };
}

function portOf(server: Server): Promise<number> {
  return new Promise((settle) => {
    server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port));
  });
}

function koaApp(plainPort: number): Koa {
  const app = new Koa();
  app.silent = true;
  const router = new Router();
  router.get('/users/:id', async (ctx) => {
    useSpans(ctx.params.id ?? '');
    await pause(1);
    ctx.body = { id: ctx.params.id };
  });
  router.post('/users', async (ctx) => {
    ctx.status = 201;
    ctx.body = await text(ctx.req);
  });
  router.get('/fails', () => {
    throw new Error('failed');
  });
  router.get('/chunks', (ctx) => {
    ctx.body = Readable.from(['a', 'b', 'c']);
  });
  router.get('/calls', async (ctx) => {
    ctx.body = await ask(`http://127.0.0.1:${plainPort}/items/1`);
  });
  app.use(router.routes());
  return app;
}

/** All that an application may ask of the span that is active, and of the API. */
function useSpans(user: string): void {
  const span = trace.getActiveSpan();
  span?.setAttribute('enduser.id', `user ${user}`).setAttributes({ a: 1 }).addEvent('seen', { b: 2 });
  span?.setStatus({ code: 2, message: 'so' }).updateName('a name').addLink({ context: span.spanContext() });
  span?.recordException(new Error('noted'));
  if (span?.isRecording() === true) propagation.inject(context.active(), {});
  trace.getTracer('app').startActiveSpan('a child', (child) => child.end());
  context.with(context.active(), () => trace.getSpan(context.active())?.spanContext());
}

function ask(url: string): Promise<string> {
  return new Promise((settle, fail) => {
    get(url, { agent: false }, (response) => settle(text(response))).on('error', fail);
  });
}

function plainServer(): Server {
  const server = createServer((request, response) => void answer(request, response));
  server.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  });
  server.on('connect', (_request, socket) => {
    socket.end('HTTP/1.1 200 Connection Established\r\n\r\n');
  });
  server.on('checkExpectation', (_request, response) => response.writeHead(417).end());
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  if (path.startsWith('/items/')) response.setHeader('Content-Type', 'application/json').end('{"ok":true}');
  else if (path === '/parts') await inParts(response);
  else if (path === '/error') {
    response.on('error', () => response.end('an error'));
    response.emit('error', new Error('of the response'));
  } else if (path === '/echo') request.pipe(response.setHeader('Connection', 'close'));
  else if (path === '/stalls') request.resume();
  else response.writeHead(404).end('not found');
}

async function inParts(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.flushHeaders();
  await new Promise<void>((settle) => response.write('first ', () => settle()));
  await pause(2);
  response.end('second', () => {});
}

/** Sends a part of a request and goes away once the application has it. */
export async function leaveUnfinished(port: number, path: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n`;
  socket.on('error', () => {}).write(`${head}`);
  // Its `100 Continue` says that the application has been given the request.
  await new Promise((settle) => socket.once('data', settle).once('close', settle));
  socket.destroy();
}
