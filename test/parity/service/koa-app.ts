import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import Koa from 'koa';
import mount from 'koa-mount';

/** A Koa application with each shape of route, and each way in which a middleware ends. */
export function koaApp(): Koa {
  const app = silentApp();
  const router = new Router();
  answers(router);
  failures(router);
  const members = new Router().get('/:member', (ctx) => {
    ctx.body = ctx.params;
  });
  router.use('/teams/:team/members', members.routes(), members.allowedMethods());
  app.use(mount('/shop', shop()));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}

function silentApp(): Koa {
  const app = new Koa();
  app.silent = true;
  return app;
}

function shop(): Koa {
  const router = new Router({ prefix: '/v1' }).get('/orders/:id', (ctx) => {
    ctx.body = { order: ctx.params.id };
  });
  const app = silentApp();
  app.use(router.routes());
  return app;
}

function answers(router: Router): void {
  router.get('/users/:id', (ctx) => {
    ctx.body = { id: ctx.params.id };
  });
  router.post('/users', async (ctx) => {
    for await (const _ of ctx.req);
    ctx.status = 201;
  });
  router.get(/^\/files\/(.+)$/, (ctx) => {
    ctx.body = 'a file';
  });
  router.get(
    '/passed/:on',
    (_ctx, next) => next(),
    (ctx) => {
      ctx.body = 'passed on';
    },
  );
  router.get('/stream', (ctx) => {
    ctx.body = Readable.from(['a', 'b', 'c']);
  });
  router.get('/attributes/:id', async (ctx) => {
    await pause(5);
    trace.getActiveSpan()?.setAttribute('item', ctx.params.id!).addEvent('handled');
    ctx.body = 'ok';
  });
  router.get('/named/:id', (ctx) => {
    trace.getActiveSpan()?.updateName('a name of its own');
    ctx.body = 'ok';
  });
  router.get('/told/:id', (ctx) => {
    const metadata = getRPCMetadata(context.active());
    ctx.body = metadata?.type === RPCType.HTTP ? metadata.route : 'nothing';
  });
  router.get('/rerouted/:id', (ctx) => {
    const metadata = getRPCMetadata(context.active());
    if (metadata?.type === RPCType.HTTP) metadata.route = '/a/route/of/its/own';
    ctx.body = 'ok';
  });
  router.redirect('/old', '/users/1');
}

function failures(router: Router): void {
  router.get('/private', (ctx) => ctx.throw(401, 'not for you'));
  router.get('/throws', () => {
    throw new Error('thrown at once');
  });
  router.get('/rejects', async () => {
    await pause(5);
    throw Object.assign(new Error('thrown later'), { code: 'E_LATER' });
  });
  router.get('/throws-status', () => {
    throw Object.assign(new Error('try later'), { status: 503, expose: true });
  });
  router.get('/throws-text', () => {
    throw 'a text';
  });
  router.get('/missing-file', (ctx) => {
    ctx.body = Readable.from(
      (function* () {
        yield 'a part';
        throw new Error('the rest is missing');
      })(),
    );
  });
  router.get('/silent', (ctx) => {
    ctx.respond = false;
    ctx.res.destroy();
  });
}
