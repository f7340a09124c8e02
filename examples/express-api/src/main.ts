import express, { Router } from 'express';
import { startMonitoring } from 'tacho';

const monitoring = startMonitoring();

const titles = ['Emma', 'Middlemarch', 'Ulysses'];

const loans = Router({ mergeParams: true });
loans.get('/:reader', (request, response) => {
  response.json(request.params);
});

const library = Router();
library.get('/books/:id', (request, response) => {
  const title = titles[Number(request.params.id)];
  if (title === undefined) response.status(404).json({ error: 'no such book' });
  else response.json({ title });
});
library.use('/books/:id/loans', loans);
library.get('/broken', async () => {
  throw new Error('broken on purpose');
});

const app = express();
app.use(monitoring.adminHandler());
app.use('/library', library);

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log('listening', server.address());
});
