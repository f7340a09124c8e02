import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest, fastify } from 'fastify';
import type { Application, Question } from './asking.ts';

const ok = async (): Promise<string> => 'ok';

/** Every kind of route and refusal. */
export async function serveFastify(make: typeof fastify): Promise<Application> {
  const app = make({
    rewriteUrl: ({ url = '/' }) => (url.startsWith('/old/') ? url.slice(4) : url),
  });
  app.get('/', ok);
  app.get('/users/me', ok);
  app.get('/users/:id', ok);
  app.post('/users', { schema: { body: { type: 'object', required: ['name'] } } }, ok);
  app.get('/numbers/:id(^\\d+$)', ok);
  app.get('/optional/:part?', ok);
  app.get('/at/:hour(^\\d{2})h:minute(^\\d{2})m', ok);
  app.get('/files/*', ok);
  app.route({ method: ['PUT', 'PATCH'], url: '/many/:id', handler: ok });
  app.get('/versioned/:id', { constraints: { version: '1.2.0' } }, ok);
  app.get('/boom/:id', () => {
    throw new Error('boom');
  });
  app.get('/missing/:id', (_request, reply) => reply.callNotFound());
  app.get('/injecting/:id', async () => (await app.inject('/users/17')).body);
  app.get('/guarded/:id', { preHandler: refuse }, ok);
  app.register(secrets, { prefix: '/private' });
  app.register(api, { prefix: '/api' });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: (app.server.address() as { port: number }).port, close: () => app.close() };
}

async function refuse(_request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  return reply.code(403).send('no');
}

const secrets: FastifyPluginAsync = async (app: FastifyInstance) => {
  app.addHook('onRequest', async (_request, reply) => reply.code(401).send('who?'));
  app.get('/secrets/:id', ok);
};

const api: FastifyPluginAsync = async (app: FastifyInstance) => {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send('not here'));
  app.register(
    async (nested) => {
      nested.get('/', ok);
      nested.get('/items/:item', ok);
    },
    { prefix: '/v1' },
  );
};

export const FASTIFY_HANDLED: readonly Question[] = [
  { ask: 'GET /', counts: 'GET / 200' },
  { ask: 'GET /users/17?id=18', counts: 'GET /users/:id 200' },
  { ask: 'GET /users/me', counts: 'GET /users/me 200' },
  { ask: 'HEAD /users/17', counts: 'HEAD /users/:id 200' },
  { ask: 'POST /users {"name":"x"}', counts: 'POST /users 200' },
  { ask: 'GET /numbers/17', counts: 'GET /numbers/:id(^\\d+$) 200' },
  { ask: 'GET /optional', counts: 'GET /optional/:part? 200' },
  { ask: 'GET /optional/x', counts: 'GET /optional/:part? 200' },
  { ask: 'GET /at/12h30m', counts: 'GET /at/:hour(^\\d{2})h:minute(^\\d{2})m 200' },
  { ask: 'GET /files/a/b/c', counts: 'GET /files/* 200' },
  { ask: 'PATCH /many/17', counts: 'PATCH /many/:id 200' },
  { ask: 'GET /versioned/17', headers: { 'accept-version': '1.x' }, counts: 'GET /versioned/:id 200' },
  { ask: 'GET /boom/17', counts: 'GET /boom/:id 500' },
  { ask: 'GET /missing/17', counts: 'GET /missing/:id 404' },
  { ask: 'GET /injecting/17', counts: 'GET /injecting/:id 200' },
  { ask: 'GET /old/users/17', counts: 'GET /users/:id 200' },
  { ask: 'GET /api/v1', counts: 'GET /api/v1 200' },
  { ask: 'GET /api/v1/items/17', counts: 'GET /api/v1/items/:item 200' },
];

/** Matched to a route, but answered before its handler. */
export const FASTIFY_REFUSED: readonly Question[] = [
  { ask: 'POST /users {}', counts: 'POST /users 400' },
  { ask: 'POST /users {', counts: 'POST /users 400' },
  { ask: 'GET /guarded/17', counts: 'GET /guarded/:id 403' },
  { ask: 'GET /private/secrets/17', counts: 'GET /private/secrets/:id 401' },
];

export const FASTIFY_UNMATCHED: readonly Question[] = [
  { ask: 'GET /nowhere/17', counts: 'GET /{name}/{id} 404' },
  { ask: 'GET /numbers/x', counts: 'GET /{name}/{name} 404' },
  { ask: 'GET /versioned/18', counts: 'GET /{name}/{id} 404' },
  { ask: 'DELETE /users/17', counts: 'DELETE /{name}/{id} 404' },
  { ask: 'GET /api/nowhere', counts: 'GET /{name}/{name} 404' },
  { ask: 'GET /users/%zz', counts: 'GET /{name}/{id} 400' },
];
