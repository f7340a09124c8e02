'use strict';

const { fastify } = require('fastify');

exports.createServer = async () => {
  const app = fastify();
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization === undefined) return reply.code(401).send({ error: 'who are you?' });
  });
  app.get('/users/:id', async (request) => ({ id: request.params.id, name: 'Ada' }));
  app.get('/users/:id/orders', async (request) => ({ user: request.params.id, orders: [1, 2, 3] }));
  app.get('/status', async () => ({ ok: true }));
  await app.ready();
  return app.server;
};
