import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import mount from 'koa-mount';

/** A Koa application with every shape of route and of answer whose count is checked. */
export function koaApp(): Koa {
  const app = new Koa();
  app.silent = true;
  const teams = new Router({ prefix: '/teams/:team' });
  teams.use('/members', members().routes());
  const api = new Router({ prefix: '/api' });
  users(api);
  failures(api);
  bodies(api);
  api.use(teams.routes());
  app.use(mount('/shop', shop()));
  app.use(api.routes());
  return app;
}

function members(): Router {
  const router = new Router();
  router.get('/:member', (ctx) => {
    ctx.body = ctx.params;
  });
  return router;
}

function shop(): Koa {
  const app = new Koa();
  app.silent = true;
  const router = new Router({ prefix: '/v1' });
  router.get('/orders/:id', (ctx) => {
    ctx.body = { order: ctx.params.id };
  });
  router.post('/orders', (ctx) => {
    ctx.status = 402;
    ctx.body = { error: 'payment required' };
  });
  app.use(router.routes());
  return app;
}

function users(router: Router): void {
  router.get('/users', (ctx) => {
    ctx.body = [{ id: 1 }];
  });
  router.get('/users/:id', (ctx) => {
    ctx.body = { id: ctx.params.id };
  });
  router.post('/users', async (ctx) => {
    await bodyOf(ctx);
    ctx.status = 201;
    ctx.body = { id: 2 };
  });
  router.put('/users/:id', async (ctx) => {
    await bodyOf(ctx);
    ctx.body = { id: ctx.params.id };
  });
  router.patch('/users/:id', async (ctx) => {
    await bodyOf(ctx);
    ctx.status = 204;
  });
  router.delete('/users/:id', (ctx) => {
    ctx.status = 204;
  });
  router.options('/users', (ctx) => {
    ctx.set('Allow', 'GET, POST');
    ctx.status = 204;
  });
  router.get('/old-users', (ctx) => ctx.redirect('/api/users'));
}

function failures(router: Router): void {
  router.get('/private', (ctx) => ctx.throw(401));
  router.get('/fails', (ctx) => {
    ctx.status = 503;
    ctx.body = 'try later';
  });
  router.get('/throws', () => {
    throw new Error('thrown at once');
  });
  router.get('/rejects', async () => {
    await pause(1);
    throw new Error('thrown later');
  });
  router.get('/hangs-up', (ctx) => {
    ctx.respond = false;
    ctx.req.socket.destroy();
  });
}

function bodies(router: Router): void {
  router.post('/uploads', async (ctx) => {
    ctx.body = { received: (await bodyOf(ctx)).length };
  });
  router.get('/stalls', async (ctx) => {
    await once(ctx.res, 'close');
  });
  router.get('/slow', async (ctx) => {
    await pause(2100);
    ctx.body = 'late';
  });
  router.get('/chunks', (ctx) => {
    ctx.body = Readable.from(['a', 'b', 'c']);
  });
  router.get('/events', (ctx) => {
    ctx.type = 'text/event-stream';
    ctx.body = Readable.from(['data: 1\n\n', 'data: 2\n\n']);
  });
  router.get('/endless-events', (ctx) => {
    ctx.type = 'text/event-stream';
    const body = new Readable({ read() {} });
    body.push('data: 1\n\n');
    ctx.body = body;
  });
}

async function bodyOf(ctx: Context): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of ctx.req) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
