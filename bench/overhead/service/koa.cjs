'use strict';

const http = require('node:http');
const Koa = require('koa');
const { Router } = require('@koa/router');

/** @param middleware what a peer adds to a Koa application */
exports.createServer = (middleware) => {
  const app = new Koa();
  middleware?.koa(app);
  const router = new Router();
  router.get('/users/:id', authenticated, (ctx) => {
    ctx.body = { id: ctx.params.id, name: 'Ada' };
  });
  router.get('/users/:id/orders', authenticated, (ctx) => {
    ctx.body = { user: ctx.params.id, orders: [1, 2, 3] };
  });
  router.get('/status', authenticated, (ctx) => {
    ctx.body = { ok: true };
  });
  app.use(router.routes());
  return http.createServer(app.callback());
};

async function authenticated(ctx, next) {
  if (ctx.get('authorization') !== '') return next();
  ctx.status = 401;
  ctx.body = { error: 'who are you?' };
}
