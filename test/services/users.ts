import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';

/** A small service with a route of each kind: found, made, failing. */
const app = new Koa();
app.silent = true;
const router = new Router();
router.get('/users/:id', (ctx) => {
  ctx.body = { id: ctx.params.id };
});
router.post('/users', (ctx) => {
  ctx.status = 201;
  ctx.body = 'made';
});
router.get('/fails', () => {
  throw new Error('failed');
});
app.use(router.routes());

const server = createServer(app.callback());
server.listen(0, '127.0.0.1', () => {
  ready({ http: (server.address() as AddressInfo).port }, { idle: () => whenIdle([server]), heapUsedBytes });
});

/** Needs `--expose-gc`. */
function heapUsedBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
