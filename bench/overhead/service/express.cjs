'use strict';

const http = require('node:http');

exports.createServer = () => exports.serve(require('express'));

/** @param express either version of it */
exports.serve = (express) => {
  const users = express.Router();
  users.get('/:id', (request, response) => {
    response.json({ id: request.params.id, name: 'Ada' });
  });
  users.get('/:id/orders', (request, response) => {
    response.json({ user: request.params.id, orders: [1, 2, 3] });
  });
  const app = express().use(authenticated);
  app.use('/users', users);
  app.get('/status', (_request, response) => {
    response.json({ ok: true });
  });
  return http.createServer(app);
};

function authenticated(request, response, next) {
  if (request.headers.authorization !== undefined) next();
  else response.status(401).json({ error: 'who are you?' });
}
