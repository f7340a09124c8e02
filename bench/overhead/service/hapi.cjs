'use strict';

const hapi = require('@hapi/hapi');

exports.createServer = async () => {
  const server = hapi.server({ autoListen: false });
  server.ext('onPreHandler', (request, h) => {
    if (request.headers.authorization !== undefined) return h.continue;
    return h.response({ error: 'who are you?' }).code(401).takeover();
  });
  server.route([
    { method: 'GET', path: '/users/{id}', handler: ({ params }) => ({ id: params.id, name: 'Ada' }) },
    {
      method: 'GET',
      path: '/users/{id}/orders',
      handler: ({ params }) => ({ user: params.id, orders: [1, 2, 3] }),
    },
    { method: 'GET', path: '/status', handler: () => ({ ok: true }) },
  ]);
  await server.start();
  return server.listener;
};
