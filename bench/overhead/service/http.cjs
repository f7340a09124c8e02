'use strict';

const http = require('node:http');

/** @param middleware what a peer puts around a listener */
exports.createServer = (middleware) => {
  return http.createServer(middleware?.http(listener) ?? listener);
};

function listener(request, response) {
  if (request.headers.authorization === undefined) return send(response, 401, { error: 'who are you?' });
  const [, resource, id, part] = request.url.split('/');
  if (resource === 'status') return send(response, 200, { ok: true });
  if (resource !== 'users') return send(response, 404, { error: 'not here' });
  if (part === 'orders') return send(response, 200, { user: id, orders: [1, 2, 3] });
  return send(response, 200, { id, name: 'Ada' });
}

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
