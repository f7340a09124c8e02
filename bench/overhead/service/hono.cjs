'use strict';

const { createAdaptorServer } = require('@hono/node-server');
const { Hono } = require('hono');

exports.createServer = () => {
  const app = new Hono();
  app.use(async (context, next) => {
    if (context.req.header('authorization') === undefined)
      return context.json({ error: 'who are you?' }, 401);
    return next();
  });
  app.get('/users/:id', (context) => context.json({ id: context.req.param('id'), name: 'Ada' }));
  app.get('/users/:id/orders', (context) =>
    context.json({ user: context.req.param('id'), orders: [1, 2, 3] }),
  );
  app.get('/status', (context) => context.json({ ok: true }));
  return createAdaptorServer(app);
};
