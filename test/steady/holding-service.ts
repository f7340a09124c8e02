import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';
import { type Kept, keep, usable } from './held.ts';
import { collected, watch } from './watched.ts';

/**
 * A service whose handlers keep something of each request for good, as the arguments say, and which tells what of
 * the requests is alive all the same: `holding-service.ts <kept>…`. Needs `--expose-gc`.
 */
const kept = process.argv.slice(2) as Kept[];

const app = new Koa();
app.silent = true;
app.use(async (ctx, next) => {
  watch('requests', ctx.req);
  watch('responses', ctx.res);
  watch('contexts', ctx);
  await readBody(ctx);
  for (const what of kept) keep(what, ctx.req);
  await next();
});

const router = new Router();
router.post('/uploads/:id', (ctx) => {
  const body = Buffer.alloc(200_000);
  watch('bodies', body);
  ctx.body = body;
});
router.get('/chunks/:id', (ctx) => {
  ctx.body = Readable.from(['a', 'b', 'c']);
});
router.get('/fails/:id', (ctx) => {
  ctx.throw(500);
});
router.get('/stalls/:id', async (ctx) => {
  await once(ctx.res, 'close');
});
app.use(router.routes());

async function readBody(ctx: Context): Promise<void> {
  for await (const part of ctx.req) {
    watch('bodies', part);
    watch('bodies', part.buffer);
  }
}

const server = createServer(app.callback());
server.on('connection', (socket) => socket.once('close', () => watch('connections', socket)));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  ready({ http: port }, { collected, usable, idle: () => whenIdle([server]) });
});
