import type hapi from '@hapi/hapi';
import type { Lifecycle, Server } from '@hapi/hapi';
import type { Application, Question } from './asking.ts';

const handler = (): string => 'ok';

/** Every kind of route and refusal. */
export async function serveHapi({ server: make }: typeof hapi): Promise<Application> {
  const server = make({ port: 0, host: '127.0.0.1' });
  server.ext('onRequest', rewrite);
  server.route([
    { method: 'GET', path: '/', handler },
    { method: 'GET', path: '/users/me', handler },
    { method: 'GET', path: '/users/{id}', handler, options: { cors: true } },
    { method: 'POST', path: '/users', handler },
    { method: 'GET', path: '/optional/{part?}', handler },
    { method: 'GET', path: '/pairs/{pair*2}', handler },
    { method: 'GET', path: '/files/{path*}', handler },
    { method: 'GET', path: '/images/{name}.png', handler },
    { method: ['PUT', 'PATCH'], path: '/many/{id}', handler },
    { method: '*', path: '/any/{id}', handler },
    { method: 'DELETE', path: '/{all*}', handler },
    { method: 'GET', path: '/hosted/{id}', vhost: '127.0.0.1', handler },
    { method: 'GET', path: '/hidden/{id}', handler, options: { isInternal: true } },
    {
      method: 'GET',
      path: '/boom/{id}',
      handler: () => {
        throw new Error('boom');
      },
    },
    {
      method: 'GET',
      path: '/injecting/{id}',
      handler: async () => (await server.inject('/users/17')).payload,
    },
    { method: 'GET', path: '/checked/{id}', handler, options: { validate: { params: refuse } } },
  ]);
  await server.register({ name: 'api', register: api }, { routes: { prefix: '/api' } });
  secure(server);
  await server.start();
  return { port: server.info.port as number, close: () => server.stop() };
}

function rewrite(request: hapi.Request, h: hapi.ResponseToolkit): Lifecycle.ReturnValue {
  if (request.path === '/closed') return h.response('closed').code(503).takeover();
  if (request.path.startsWith('/old/')) request.setUrl(request.path.slice(4));
  return h.continue;
}

function refuse(): never {
  throw new Error('no such id');
}

function api(server: Server): void {
  server.route([
    { method: 'GET', path: '/', handler },
    { method: 'GET', path: '/items/{item}', handler },
  ]);
}

function secure(server: Server): void {
  server.auth.scheme('none', () => ({
    authenticate: (_request, h) => h.response('who?').code(401).takeover(),
  }));
  server.auth.strategy('none', 'none');
  server.route({ method: 'GET', path: '/secrets/{id}', handler, options: { auth: 'none' } });
}

const PREFLIGHT = { origin: 'http://x.example', 'access-control-request-method': 'GET' };

export const HAPI_QUESTIONS: readonly Question[] = [
  { ask: 'GET /', counts: 'GET / 200' },
  { ask: 'GET /users/17?id=18', counts: 'GET /users/{id} 200' },
  { ask: 'GET /users/me', counts: 'GET /users/me 200' },
  { ask: 'HEAD /users/17', counts: 'HEAD /users/{id} 200' },
  { ask: 'POST /users {"name":"x"}', counts: 'POST /users 200' },
  { ask: 'GET /optional', counts: 'GET /optional/{part?} 200' },
  { ask: 'GET /optional/x', counts: 'GET /optional/{part?} 200' },
  { ask: 'GET /pairs/a/b', counts: 'GET /pairs/{pair*2} 200' },
  { ask: 'GET /files/a/b/c', counts: 'GET /files/{path*} 200' },
  { ask: 'GET /images/x.png', counts: 'GET /images/{name}.png 200' },
  { ask: 'PATCH /many/17', counts: 'PATCH /many/{id} 200' },
  { ask: 'GET /any/17', counts: 'GET /any/{id} 200' },
  { ask: 'DELETE /whatever/17', counts: 'DELETE /{all*} 200' },
  { ask: 'GET /hosted/17', counts: 'GET /hosted/{id} 200' },
  { ask: 'GET /api', counts: 'GET /api 200' },
  { ask: 'GET /api/items/17', counts: 'GET /api/items/{item} 200' },
  { ask: 'GET /old/users/17', counts: 'GET /users/{id} 200' },
  { ask: 'GET /boom/17', counts: 'GET /boom/{id} 500' },
  { ask: 'GET /injecting/17', counts: 'GET /injecting/{id} 200' },
  { ask: 'GET /checked/17', counts: 'GET /checked/{id} 400' },
  { ask: 'GET /secrets/17', counts: 'GET /secrets/{id} 401' },
  { ask: 'POST /users {', counts: 'POST /users 400' },
  { ask: 'GET /hidden/17', counts: 'GET /{name}/{id} 404' },
  { ask: 'GET /nowhere/17', counts: 'GET /{name}/{id} 404' },
  { ask: 'OPTIONS /users/17', headers: PREFLIGHT, counts: 'OPTIONS /{name}/{id} 200' },
  { ask: 'GET /users/%zz', counts: 'GET /{name}/{id} 400' },
  { ask: 'GET /closed', counts: 'GET /closed 503' },
];
