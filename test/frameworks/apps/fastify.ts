import type { Server } from 'node:http';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { mayEnter, writeHalf } from './request.ts';

const app = fastify();
app.get('/users', showParams);
app.options('/users', (_request, reply) => reply.code(204).send());
app.post('/users', (request, reply) => reply.code(201).send(request.body));
app.get('/users/:id', showParams);
app.put('/users/:id', showParams);
app.delete('/users/:id', (_request, reply) => reply.code(204).send());
app.get('/files/*', showParams);
app.get('/releases/:year(^\\d{4})-:month(^\\d{2}$)', showParams);
app.get('/posts/:slug?', showParams);
app.get('/private/:id', { onRequest: refuse }, showParams);
app.get('/throws/:id', () => {
  throw new Error('thrown at once');
});
app.get('/rejects/:id', async () => {
  await null;
  throw new Error('thrown later');
});
app.get('/halves/:id', (_request, reply) => {
  reply.hijack();
  writeHalf(reply.raw);
});
app.all('/docs/*', notFound);
app.setNotFoundHandler(notFound);
app.register(closed, { prefix: '/closed' });
app.register(api, { prefix: '/api/v1' });
app.register(shop, { prefix: '/shop' });

export async function listen(): Promise<Server> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server;
}

/** A part of the application that nobody may enter. */
async function closed(part: FastifyInstance): Promise<void> {
  part.addHook('onRequest', refuse);
  part.get('/:id', showParams);
}

async function api(part: FastifyInstance): Promise<void> {
  part.register(teams, { prefix: '/teams' });
}

async function teams(part: FastifyInstance): Promise<void> {
  part.get('/:team', showParams);
  part.register(async (members) => members.get('/:member', showParams), { prefix: '/:team/members' });
}

async function shop(part: FastifyInstance): Promise<void> {
  part.get('/', showParams);
  part.get('/orders/:id', showParams);
}

function showParams(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.send(request.params);
}

function notFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: 'not found' });
}

async function refuse(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  return mayEnter(request) ? undefined : reply.code(401).send();
}
