import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type express from 'express';
import type { Application, Load, Question } from './asking.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** The package `router`, as far as it is used here. */
interface Router extends Handler {
  use(path: string, router: Router): this;
  get(path: string, handler: Handler): this;
}

/** Express 4, where the example has it. */
export const EXPRESS_4 = createRequire(
  join(import.meta.dirname, '../../../../examples/express-4-api/package.json'),
).resolve('express');

const ok: Handler = (_request, response) => void response.end('ok');

/** Two applications within each other, with routers in them. */
export async function serveExpress(load: Load, name: string): Promise<Application> {
  const express5or4 = defaultOf<typeof express>(await load(name));
  const makeRouter = (): express.Router => express5or4.Router();
  const posts = makeRouter().get('/', ok).get('/:post', ok);
  const users = makeRouter().get('/:id', ok).use('/:id/posts', posts);
  return listen(express5or4().get('/', ok).use('/v1', express5or4().use('/Users', users)));
}

/** Routers without Express, called by a function. */
export async function serveRouters(load: Load): Promise<Application> {
  const makeRouter = defaultOf<() => Router>(await load('router'));
  const posts = makeRouter().get('/', ok).get('/:post', ok);
  const users = makeRouter().get('/:id', ok).use('/:id/posts', posts);
  const router = makeRouter().get('/', ok).use('/v1', makeRouter().use('/Users', users));
  return listen((request, response) =>
    router(request, response, () => {
      response.statusCode = 404;
      response.end();
    }),
  );
}

export const EXPRESS_QUESTIONS: readonly Question[] = [
  { ask: 'GET /', counts: 'GET / 200' },
  { ask: 'GET /v1/users/17', counts: 'GET /v1/Users/:id 200' },
  { ask: 'GET /V1/USERS/17/posts', counts: 'GET /v1/Users/:id/posts 200' },
  { ask: 'GET /v1/Users/17/posts/18', counts: 'GET /v1/Users/:id/posts/:post 200' },
  { ask: 'GET /nowhere/17', counts: 'GET /{name}/{id} 404' },
];

function defaultOf<T>(loaded: unknown): T {
  return (typeof loaded === 'function' ? loaded : (loaded as { readonly default: unknown }).default) as T;
}

export async function listen(listener: RequestListener): Promise<Application> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
