import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { startMonitoring } from 'tacho';

startMonitoring();

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
library.get('/broken', (_request, _response, next) => {
  next(new Error('broken on purpose'));
});

const app = express();
app.use('/library', library);
app.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
  response.status(500).json({ error: 'something is broken' });
});

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log('listening', server.address());
});
