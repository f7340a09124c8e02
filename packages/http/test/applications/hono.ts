import type { ServerType } from '@hono/node-server';
import type { Context, Next, Hono as Router } from 'hono';
import type { Application, Load, Question } from './asking.ts';

interface Packages {
  readonly Hono: typeof Router;
  readonly serve: typeof import('@hono/node-server')['serve'];
}

const ok = (c: Context): Response => c.text('ok');
const pass = async (_c: Context, next: Next): Promise<void> => next();
const refuse = async (c: Context, next: Next): Promise<Response | undefined> => {
  if (c.req.query('let') === undefined) return c.text('no', 403);
  await next();
  return undefined;
};

/** Every kind of route and refusal. */
export async function serveHono(load: Load): Promise<Application> {
  const packages = await load('hono').then(async (hono) => ({
    ...(hono as Packages),
    ...((await load('@hono/node-server')) as Packages),
  }));
  const { Hono } = packages;
  const app = new Hono();
  app.use(pass);
  app.use('/users/*', pass);
  app.get('/', ok);
  app.get('/users/me', ok);
  app.get('/users/:id', ok);
  app.post('/users', pass, async (c) => c.json(await c.req.json()));
  app.get('/numbers/:id{[0-9]+}', ok);
  app.get('/optional/:part?', ok);
  app.get('/files/*', ok);
  app.get('/static/*', pass);
  app.on(['PUT', 'PATCH'], ['/many/:id'], ok);
  app.all('/any/:id', ok);
  app.use('/guarded/:id', refuse);
  app.get('/checked/:id', refuse, ok);
  app.get('/boom/:id', () => {
    throw new Error('boom');
  });
  app.get('/asking/:id', async (c) => c.text(await (await app.request('/users/17')).text()));
  app.route('/api', apiOf(Hono));
  app.basePath('/v1').get('/things/:thing', ok);
  app.mount('/mounted', innerOf(Hono).fetch);
  app.mount('/away', () => new Response('elsewhere'));
  app.all('/passed/*', (c) => passedOf(Hono).fetch(c.req.raw));
  app.onError((_error, c) => c.text('failed', 500));
  return listen(packages, app, false);
}

function apiOf(Hono: typeof Router): Router {
  const items = new Hono();
  items.get('/:item', ok);
  items.onError((_error, c) => c.text('failed', 502));
  return new Hono().get('/', ok).route('/items', items);
}

function innerOf(Hono: typeof Router): Router {
  return new Hono().get('/', ok).get('/inner/:id', ok);
}

function passedOf(Hono: typeof Router): Router {
  return new Hono().get('/passed/inner/:id', ok);
}

/** With few routes, which any router can tell apart; with the router that is exported under a name by a file. */
export async function serveHonoRouter(load: Load, name: string, file: string): Promise<Application> {
  const { [name]: Router } = (await load(file)) as Record<string, new () => never>;
  const { Hono } = (await load('hono')) as Packages;
  const { serve } = (await load('@hono/node-server')) as Packages;
  const options = name === 'Hono' ? {} : { router: new Router!() };
  return listen({ Hono, serve }, new Hono(options).use(pass).get('/users', ok).get('/users/:id', ok));
}

function listen({ serve }: Packages, { fetch }: Router, overrideGlobalObjects = true): Promise<Application> {
  return new Promise((settle) => {
    const options = { fetch, overrideGlobalObjects, port: 0, hostname: '127.0.0.1' };
    const server: ServerType = serve(options, ({ port }) =>
      settle({ port, close: () => new Promise((closed) => server.close(closed)) }),
    );
  });
}

export const HONO_QUESTIONS: readonly Question[] = [
  { ask: 'GET /', counts: 'GET / 200' },
  { ask: 'GET /users/17?id=18', counts: 'GET /users/:id 200' },
  { ask: 'GET /users/me', counts: 'GET /users/me 200' },
  { ask: 'HEAD /users/17', counts: 'HEAD /users/:id 200' },
  { ask: 'POST /users {"name":"x"}', counts: 'POST /users 200' },
  { ask: 'POST /users {', counts: 'POST /users 500' },
  { ask: 'GET /numbers/17', counts: 'GET /numbers/:id{[0-9]+} 200' },
  { ask: 'GET /optional', counts: 'GET /optional/:part? 200' },
  { ask: 'GET /optional/x', counts: 'GET /optional/:part? 200' },
  { ask: 'GET /files/a/b/c', counts: 'GET /files/* 200' },
  { ask: 'GET /static/a.css', counts: 'GET /static/* 404' },
  { ask: 'PATCH /many/17', counts: 'PATCH /many/:id 200' },
  { ask: 'DELETE /any/17', counts: 'DELETE /any/:id 200' },
  { ask: 'GET /guarded/17', counts: 'GET /guarded/:id 403' },
  { ask: 'GET /checked/17', counts: 'GET /checked/:id 403' },
  { ask: 'GET /checked/17?let', counts: 'GET /checked/:id 200' },
  { ask: 'GET /boom/17', counts: 'GET /boom/:id 500' },
  { ask: 'GET /asking/17', counts: 'GET /asking/:id 200' },
  { ask: 'GET /api', counts: 'GET /api 200' },
  { ask: 'GET /api/items/17', counts: 'GET /api/items/:item 200' },
  { ask: 'GET /v1/things/17', counts: 'GET /v1/things/:thing 200' },
  { ask: 'GET /mounted', counts: 'GET /mounted 200' },
  { ask: 'GET /mounted/inner/17', counts: 'GET /mounted/inner/:id 200' },
  { ask: 'GET /passed/inner/17', counts: 'GET /passed/inner/:id 200' },
  { ask: 'GET /passed/17', counts: 'GET /passed/* 404' },
  { ask: 'GET /nowhere/17', counts: 'GET /{name}/{id} 404' },
  { ask: 'GET /numbers/x', counts: 'GET /{name}/{name} 404' },
  { ask: 'DELETE /users/17', counts: 'DELETE /{name}/{id} 404' },
];

/** Hono with the router it chooses, and with each of its own without a choice. */
export const HONO_ROUTERS_ALONE: readonly (readonly [name: string, file: string])[] = [
  ['Hono', 'hono'],
  ['RegExpRouter', 'hono/router/reg-exp-router'],
  ['TrieRouter', 'hono/router/trie-router'],
  ['LinearRouter', 'hono/router/linear-router'],
  ['PatternRouter', 'hono/router/pattern-router'],
];

export const HONO_ROUTER_QUESTIONS: readonly Question[] = [
  { ask: 'HEAD /users/17', counts: 'HEAD /users/:id 200' },
  { ask: 'GET /users/17', counts: 'GET /users/:id 200' },
  { ask: 'GET /users', counts: 'GET /users 200' },
  { ask: 'GET /users/17/more', counts: 'GET /{name}/{id}/{name} 404' },
];
