import type { Server } from 'node:http';
import Hapi from '@hapi/hapi';
import { mayEnter, writeHalf } from './request.ts';

const app = Hapi.server({ port: 0, host: '127.0.0.1', debug: false });
const closed = { ext: { onPreAuth: { method: refuse } } };

app.route([
  { method: 'GET', path: '/users', handler: showParams },
  { method: 'OPTIONS', path: '/users', handler: (_request, h) => h.response().code(204) },
  { method: 'POST', path: '/users', handler: (_request, h) => h.response({}).code(201) },
  { method: ['GET', 'PUT'], path: '/users/{id}', handler: showParams },
  { method: 'DELETE', path: '/users/{id}', handler: (_request, h) => h.response().code(204) },
  { method: 'GET', path: '/files/{path*}', handler: showParams },
  { method: 'GET', path: '/releases/{year}-{month}', handler: showParams },
  { method: 'GET', path: '/posts/{slug?}', handler: showParams },
  { method: 'GET', path: '/private/{id}', options: closed, handler: showParams },
  { method: 'GET', path: '/closed/{id}', options: closed, handler: showParams },
  { method: 'GET', path: '/throws/{id}', handler: throwAtOnce },
  { method: 'GET', path: '/rejects/{id}', handler: throwLater },
  { method: '*', path: '/docs/{path*}', handler: (_request, h) => h.response().code(404) },
  { method: 'GET', path: '/halves/{id}', handler: answerHalf },
]);

const members: Hapi.Plugin<undefined> = {
  name: 'members',
  register: (part) => part.route({ method: 'GET', path: '/{member}', handler: showParams }),
};
const teams: Hapi.Plugin<undefined> = {
  name: 'teams',
  async register(part) {
    part.route({ method: 'GET', path: '/{team}', handler: showParams });
    await part.register(members, { routes: { prefix: '/{team}/members' } });
  },
};
const shop: Hapi.Plugin<undefined> = {
  name: 'shop',
  register: (part) =>
    part.route(['/', '/orders/{id}'].map((path) => ({ method: 'GET', path, handler: showParams }))),
};

export async function listen(): Promise<Server> {
  await app.register(teams, { routes: { prefix: '/api/v1/teams' } });
  await app.register(shop, { routes: { prefix: '/shop' } });
  await app.start();
  return app.listener as Server;
}

function showParams(request: Hapi.Request): object {
  return request.params;
}

function refuse(request: Hapi.Request, h: Hapi.ResponseToolkit): Hapi.Lifecycle.ReturnValue {
  return mayEnter(request) ? h.continue : h.response().code(401).takeover();
}

function throwAtOnce(): never {
  throw new Error('thrown at once');
}

async function throwLater(): Promise<never> {
  await null;
  throw new Error('thrown later');
}

function answerHalf({ raw }: Hapi.Request, h: Hapi.ResponseToolkit): symbol {
  writeHalf(raw.res);
  return h.abandon;
}
