/**
 * Serves 240 requests of 50 KB each with telemetry on, and prints how many requests, responses, contexts,
 * spans and exchanges are alive after that: `retaining.ts <lean|standard>`. Run with `--expose-gc`.
 */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import { trace } from '@opentelemetry/api';
import type { RequestRecord } from '@tacho/core';
import { exchangeOf } from '@tacho/http';
import Koa from 'koa';
import { startMeasuring } from '../measuring.ts';

const REQUESTS = 240;
const AT_ONCE = 8;
const BODY = Buffer.alloc(50_000, 'x');

const records: RequestRecord[] = [];
const refs = new Map<string, WeakRef<object>[]>();

function watch(name: string, object: object | undefined): void {
  if (object === undefined) return;
  const list = refs.get(name) ?? [];
  refs.set(name, list);
  list.push(new WeakRef(object));
}

const { telemetry, hooks } = await startMeasuring(process.argv[2], {
  record: (record) => records.push({ ...record, traceId: record.traceId }),
});

const app = new Koa();
app.silent = true;
app.use(async (ctx, next) => {
  for await (const _chunk of ctx.req);
  watch('requests', ctx.req);
  watch('responses', ctx.res);
  watch('contexts', ctx);
  watch('exchanges', exchangeOf(ctx.req));
  watch('spans', trace.getActiveSpan());
  if (ctx.query.error !== undefined) ctx.res.emit('error', new Error('an error of the response'));
  await next();
});
const router = new Router();
router.post('/items/:id', (ctx) => {
  ctx.body = Buffer.alloc(50_000);
});
app.use(router.routes());
const server = http.createServer(app.callback());
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;

async function ask(n: number): Promise<void> {
  const error = n % 10 === 0 ? '?error' : '';
  const reply = await fetch(`http://127.0.0.1:${port}/items/${n}${error}`, { method: 'POST', body: BODY });
  await reply.arrayBuffer();
}

for (let n = 0; n < REQUESTS; n += AT_ONCE)
  await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => ask(n + i)));

const alive = (): Record<string, number> =>
  Object.fromEntries(
    [...refs].map(([name, list]) => [name, list.filter((ref) => ref.deref() !== undefined).length]),
  );
for (let tries = 0; tries < 20 && alive().requests !== 0; tries++) {
  await pause(20);
  globalThis.gc?.();
}
process.stdout.write(
  JSON.stringify({
    recorded: records.length,
    seen: Object.fromEntries([...refs].map(([name, list]) => [name, list.length])),
    alive: alive(),
  }),
);
hooks.uninstall();
await telemetry.shutdown();
server.closeAllConnections();
server.close();
