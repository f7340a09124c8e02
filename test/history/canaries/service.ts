import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import Koa from 'koa';
import { type PrivacyOptions, startMonitoring } from 'tacho';
import { whenIdle } from '../../idle.ts';
import { ready } from '../../side-channel.ts';
import { askOthers } from './ask-others.ts';

/**
 * A service that spreads whatever it is sent: into errors, status texts, headers, spans and requests to others.
 * With the argument `hook` it starts the monitoring by itself, and says by the `user` hook who sends; without, the
 * span says it. With `keep` behind it, spans are exported as they are.
 */
const SLOW_MS = 2_050;

const [, , hook, keep] = process.argv;
const WHOLE: PrivacyOptions = {
  path: 'full',
  query: 'keep',
  headers: 'keep',
  clientAddress: 'full',
  errorText: 'keep',
};

if (hook === 'hook') startMonitoring({ user: userOf, ...(keep === 'keep' ? { privacy: WHOLE } : {}) });

function userOf({ headers }: IncomingMessage): string | undefined {
  const user = headers['x-user'];
  if (headers['x-fail'] === 'user') throw new Error(`unknown: ${user}`);
  return typeof user === 'string' ? user : undefined;
}

/** Everything that a request says, in one line. */
function allOf({ url, headers }: IncomingMessage, body = ''): string {
  return `${decoded(url ?? '')} ${JSON.stringify(headers)} ${body}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What may stand in a status line or a header, one byte a character. */
function headerText(text: string): string {
  return Buffer.from(text)
    .toString('latin1')
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '');
}

const app = new Koa();
app.silent = true;
app.use(async (ctx, next) => {
  const user = ctx.get('x-user');
  const span = trace.getActiveSpan();
  if (user !== '') span?.setAttribute('enduser.id', user);
  await next();
});

const router = new Router();
router.get('/people/:name', (ctx) => {
  ctx.body = { name: ctx.params.name, query: ctx.query };
});
router.post('/people/:name', async (ctx) => {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
  ctx.body = Buffer.concat(chunks);
});
router.get('/echo/:name', (ctx) => {
  const text = headerText(ctx.params.name ?? '');
  ctx.set('X-Name', text);
  ctx.set('Set-Cookie', `name=${text}`);
  ctx.set('Location', `/people/${encodeURIComponent(text)}`);
  ctx.status = 302;
  ctx.message = text;
  ctx.body = text;
});
router.get('/throws/:name', (ctx) => {
  throw new Error(`no such person: ${ctx.params.name}, asked for by ${allOf(ctx.req)}`);
});
router.get('/refuses/:name', (ctx) => {
  ctx.throw(422, `not acceptable: ${ctx.params.name}`);
});
router.get('/notes/:name', (ctx) => {
  const error = Object.assign(new Error(allOf(ctx.req)), { person: ctx.params.name });
  const span = trace.getActiveSpan();
  span?.recordException(error);
  span?.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  ctx.body = 'noted';
});
router.get('/slow/:name', async (ctx) => {
  await pause(SLOW_MS);
  ctx.body = ctx.params.name;
});
router.get('/forwards/:name', async (ctx) => {
  ctx.body = await forward(ctx.req, portOf(plain), ctx.params.name ?? '');
});
router.get('/fails-to-forward/:name', async (ctx) => {
  // Port 1 of this machine: nobody listens there.
  ctx.body = await forward(ctx.req, 1, ctx.params.name ?? '');
});
router.get('/asks/:name', async (ctx) => {
  ctx.body = await askOthers(portOf(plain), ctx.params.name ?? '', ctx.get('x-user'));
});
app.use(router.routes()).use(router.allowedMethods());

/** Asks another service for the same, by path, query and header. */
function forward(from: IncomingMessage, port: number, name: string): Promise<string> {
  const path = `/missing/${encodeURIComponent(name)}?name=${encodeURIComponent(name)}`;
  return new Promise((settle) => {
    const headers = {
      'x-name': headerText(name),
      'user-agent': headerText(from.headers['user-agent'] ?? ''),
    };
    const asking = request(
      { host: '127.0.0.1', port, path, headers, auth: `${name}:${name}` },
      (response) => {
        response.resume().on('end', () => settle(String(response.statusCode)));
      },
    );
    asking.on('error', (error) => settle(error.message)).end();
  });
}

const koa = createServer(app.callback());

/** The same without a framework: no router says what is a route. */
const plain = createServer((incoming, response) => {
  const [, kind, name = ''] = (incoming.url ?? '').split(/[/?]/);
  const text = headerText(decoded(name));
  response.setHeader('X-Name', text);
  if (kind === 'people') response.end(text);
  else if (kind === 'slow') setTimeout(() => response.end(text), SLOW_MS);
  else if (kind === 'stalls') incoming.resume();
  else if (kind === 'throws') {
    response.writeHead(500, text).end(text);
    throw new Error(`no such person: ${decoded(name)}, asked for by ${allOf(incoming)}`);
  } else if (kind === 'breaks') {
    response.writeHead(200, { 'Content-Length': '1000' }).write(text);
    response.destroy(new Error(allOf(incoming)));
  } else response.writeHead(404, text).end(text);
});
plain.on('upgrade', (_request, socket) => {
  socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
});

let uncaught = 0;
process.on('uncaughtException', () => {
  uncaught++;
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

koa.listen(0, '127.0.0.1', () =>
  plain.listen(0, '127.0.0.1', () => {
    ready(
      { koa: portOf(koa), plain: portOf(plain) },
      { idle: () => whenIdle([koa, plain]), uncaught: () => uncaught },
    );
  }),
);
