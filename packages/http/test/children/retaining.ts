/**
 * Serves 2,000 requests of 50 KB each over connections that stay open, some of them aborted, keeps what it
 * was told of them, and prints how many requests, responses, contexts and exchanges are alive after that.
 * Run with `--expose-gc`.
 */
import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import type { RequestRecord } from '@tacho/core';
import Koa from 'koa';
import { exchangeOf } from '../../src/exchange.ts';
import { Exclusions } from '../../src/excluded.ts';
import { ExchangeRecorder } from '../../src/observe.ts';
import { ServerHooks } from '../../src/server-hooks.ts';
import { UrlTemplates } from '../../src/url-templates.ts';

const REQUESTS = 2_000;
const BODY = Buffer.alloc(50_000, 'x');

const refs: Record<string, WeakRef<object>[]> = {
  requests: [],
  responses: [],
  contexts: [],
  exchanges: [],
  bodies: [],
};
const recorder = new ExchangeRecorder();
const records: RequestRecord[] = [];
const hooks = new ServerHooks({
  exclusions: new Exclusions([]),
  userOf: ({ headers }) => headers['x-user'] as string | undefined,
  notMeasured: () => {},
  onEnd: (exchange) => records.push({ ...recorder.recordOf(exchange) }),
  now: Date.now,
  attach: () => undefined,
});
hooks.install();

const app = new Koa();
app.silent = true;
app.use(async (ctx, next) => {
  for await (const chunk of ctx.req) refs.bodies?.push(new WeakRef(chunk));
  const exchange = exchangeOf(ctx.req);
  refs.requests?.push(new WeakRef(ctx.req));
  refs.responses?.push(new WeakRef(ctx.res));
  refs.contexts?.push(new WeakRef(ctx));
  if (exchange !== undefined) refs.exchanges?.push(new WeakRef(exchange));
  await next();
});
const router = new Router();
router.post('/items/:id', (ctx) => {
  if (ctx.params.id?.endsWith('7')) ctx.res.destroy();
  ctx.body = Buffer.alloc(50_000);
});
app.use(router.routes());
const server = createServer(app.callback());
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Asks for a path that met the router or did not, and never minds an answer cut off. */
async function ask(n: number): Promise<void> {
  const path = n % 2 === 0 ? `/elsewhere/${n}` : `/items/${n}?${'q'.repeat(1_000)}`;
  const request = send({ port, path, agent, method: 'POST', headers: { 'x-user': `user ${n}` } });
  request.end(BODY);
  await once(request, 'response').then(
    ([response]) => once(response.resume(), 'close'),
    () => {},
  );
}

for (let n = 0; n < REQUESTS; n += 8) await Promise.all(Array.from({ length: 8 }, (_, i) => ask(n + i)));

for (let tries = 0; tries < 20 && alive() > 0; tries++) {
  await pause(20);
  globalThis.gc?.();
}

function alive(): number {
  return Object.values(refs).reduce(
    (sum, list) => sum + list.filter((ref) => ref.deref() !== undefined).length,
    0,
  );
}

/** How much the heap grows by templates learned from URLs of 15 KB. */
function templatesBytes(): number {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const templates = new UrlTemplates();
  // Long enough that V8 cuts them out of the URL as slices of it.
  const word = (n: number): string =>
    `${'word-'.repeat(4)}${String.fromCharCode(97 + (n % 26), 97 + ((n / 26) % 26))}`;
  for (let n = 0; n < 5_000; n++) {
    // From a buffer, as a URL comes from the network: in one piece.
    const url = Buffer.from(`/${word(n / 40)}/${word(n)}/${'x'.repeat(15_000)}/${n}`);
    templates.learn(url.toString('latin1'));
  }
  globalThis.gc?.();
  const grown = process.memoryUsage().heapUsed - before;
  templates.learn('/');
  return grown;
}

process.stdout.write(
  JSON.stringify({
    told: records.length,
    seen: Object.fromEntries(Object.entries(refs).map(([name, list]) => [name, list.length])),
    alive: alive(),
    templatesBytes: templatesBytes(),
  }),
);
agent.destroy();
server.closeAllConnections();
server.close();
