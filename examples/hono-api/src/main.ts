import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { startMonitoring } from 'tacho';

startMonitoring();

const titles = ['Emma', 'Middlemarch', 'Ulysses'];

const loans = new Hono();
loans.get('/:reader', (c) => c.json(c.req.param()));

const library = new Hono();
library.get('/books/:id', (c) => {
  const title = titles[Number(c.req.param('id'))];
  return title === undefined ? c.json({ error: 'no such book' }, 404) : c.json({ title });
});
library.route('/books/:id/loans', loans);
library.get('/broken', () => {
  throw new Error('broken on purpose');
});

const app = new Hono();
app.route('/library', library);

const port = Number(process.env.PORT ?? 3000);
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) => console.log('listening', address));
