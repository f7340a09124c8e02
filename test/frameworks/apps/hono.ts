import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono, type Next } from 'hono';
import { writeHalf } from './request.ts';

type Env = { Bindings: HttpBindings };

const app = new Hono<Env>();
app.onError((_error, c) => c.text('failed', 500));
app.notFound((c) => c.json({ error: 'not found' }, 404));
app.use('/closed/*', refuse);
app.get('/closed/:id', showParams);
app.get('/users', showParams);
app.options('/users', (c) => c.body(null, 204));
app.post('/users', async (c) => c.json(await c.req.json(), 201));
app.get('/users/:id', showParams);
app.put('/users/:id', async (c) => c.text(await c.req.text()));
app.delete('/users/:id', (c) => c.body(null, 204));
app.get('/files/*', showParams);
app.get('/releases/:month{[0-9]{4}-[0-9]{2}}', showParams);
app.all('/docs/*', (c) => c.json({ error: 'no such page' }, 404));
app.get('/posts/:slug?', showParams);
app.get('/private/:id', refuse, showParams);
app.get('/throws/:id', () => {
  throw new Error('thrown at once');
});
app.get('/rejects/:id', async () => {
  await null;
  throw new Error('thrown later');
});
app.get('/halves/:id', (c) => {
  writeHalf(c.env.outgoing as ServerResponse);
  return RESPONSE_ALREADY_SENT;
});

const members = new Hono();
members.get('/:member', showParams);
const teams = new Hono();
teams.get('/:team', showParams);
teams.route('/:team/members', members);
const api = new Hono().basePath('/v1');
api.route('/teams', teams);
app.route('/api', api);

const shop = new Hono();
shop.get('/', showParams);
shop.get('/orders/:id', showParams);
app.route('/shop', shop);

export async function listen(): Promise<Server> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function showParams(c: Context): Response {
  return c.json(c.req.param());
}

async function refuse(c: Context, next: Next): Promise<Response | undefined> {
  if (c.req.header('Authorization') === undefined) return c.body(null, 401);
  await next();
  return undefined;
}
