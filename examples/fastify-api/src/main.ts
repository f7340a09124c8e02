import fastify, { type FastifyInstance } from 'fastify';
import { startMonitoring } from 'tacho';

startMonitoring();

const titles = ['Emma', 'Middlemarch', 'Ulysses'];

async function loans(part: FastifyInstance): Promise<void> {
  part.get('/:reader', async (request) => request.params);
}

async function library(part: FastifyInstance): Promise<void> {
  part.get<{ Params: { id: string } }>('/books/:id', async (request, reply) => {
    const title = titles[Number(request.params.id)];
    return title === undefined ? reply.code(404).send({ error: 'no such book' }) : { title };
  });
  part.register(loans, { prefix: '/books/:id/loans' });
  part.get('/broken', async () => {
    throw new Error('broken on purpose');
  });
}

const app = fastify();
app.register(library, { prefix: '/library' });

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
console.log('listening', app.server.address());
