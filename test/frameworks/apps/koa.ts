import { once } from 'node:events';
import type { Server } from 'node:http';
import { Router } from '@koa/router';
import Koa, { type Context, type Next } from 'koa';
import mount from 'koa-mount';
import { bodyOf, mayEnter, writeHalf } from './request.ts';

const app = new Koa();
app.silent = true;

app.use((ctx, next) => (ctx.path.startsWith('/closed') ? refuse(ctx, next) : next()));

const router = new Router();
router.get('/users', (ctx) => {
  ctx.body = [{ id: 1 }];
});
router.options('/users', (ctx) => {
  ctx.status = 204;
});
router.post('/users', async (ctx) => {
  await bodyOf(ctx.req);
  ctx.status = 201;
});
router.get('/users/:id', showParams);
router.put('/users/:id', async (ctx) => {
  await bodyOf(ctx.req);
  ctx.body = ctx.params;
});
router.delete('/users/:id', (ctx) => {
  ctx.status = 204;
});
router.get('/files/*path', showParams);
router.all('/docs/*path', (ctx) => {
  ctx.status = 404;
});
router.get(/^\/releases\/(\d{4})-(\d{2})$/, showParams);
router.get('/posts{/:slug}', showParams);
router.get('/private/:id', refuse, showParams);
router.get('/throws/:id', () => {
  throw new Error('thrown at once');
});
router.get('/rejects/:id', async () => {
  await null;
  throw new Error('thrown later');
});
router.get('/halves/:id', (ctx) => {
  ctx.respond = false;
  writeHalf(ctx.res);
});

const members = new Router();
members.get('/:member', showParams);
const teams = new Router({ prefix: '/teams' });
teams.get('/:team', showParams);
teams.use('/:team/members', members.routes());
const api = new Router({ prefix: '/api/v1' });
api.use(teams.routes());

const orders = new Router();
orders.get('/', showParams);
orders.get('/orders/:id', showParams);
const shop = new Koa();
shop.use(orders.routes());

app.use(mount('/shop', shop));
app.use(router.routes());
app.use(api.routes());

export async function listen(): Promise<Server> {
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function showParams(ctx: Context): void {
  ctx.body = ctx.params;
}

async function refuse(ctx: Context, next: Next): Promise<void> {
  if (mayEnter(ctx.req)) await next();
  else ctx.status = 401;
}
