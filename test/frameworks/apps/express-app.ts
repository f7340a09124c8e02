import { once } from 'node:events';
import type { Server } from 'node:http';
import type express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import { mayEnter, writeHalf } from './request.ts';

/** What Express 4 and 5 write differently. */
export interface Paths {
  readonly wildcard: string;
  readonly optional: string;
  readonly catchAll: string;
}

/** The application of both, made of either. */
export function expressApp(framework: typeof express, { wildcard, optional, catchAll }: Paths): Express {
  const app = framework();
  // As what it logs of each error is not wanted here.
  app.set('env', 'test');

  const parse = framework.json();
  app.use('/closed', refuse);
  app.get('/closed/:id', showParams);
  app.get('/users', showParams);
  app.options('/users', (_request, response) => response.status(204).end());
  app.post('/users', parse, (request, response) => response.status(201).json(request.body));
  app.route('/users/:id').get(showParams).put(parse, showParams).delete(removeNothing);
  app.get(wildcard, showParams);
  app.get(/^\/releases\/(\d{4})-(\d{2})$/, showParams);
  app.get(optional, showParams);
  app.get('/private/:id', refuse, showParams);
  app.get('/throws/:id', () => {
    throw new Error('thrown at once');
  });
  app.get('/rejects/:id', (_request, _response, next) => {
    setImmediate(() => next(new Error('thrown later')));
  });
  app.get('/halves/:id', (_request, response) => writeHalf(response));
  app.use('/api/v1', api(framework));
  app.use('/shop', shop(framework));
  app.all(catchAll, notFound);
  app.use(notFound);
  return app;
}

export async function listening(app: Express): Promise<Server> {
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function api({ Router }: typeof express): express.Router {
  const members = Router({ mergeParams: true });
  members.get('/:member', showParams);
  const teams = Router();
  teams.get('/:team', showParams);
  teams.use('/:team/members', members);
  return Router().use('/teams', teams);
}

/** An application of its own, in the other. */
function shop(framework: typeof express): Express {
  const app = framework();
  app.get('/', showParams);
  app.get('/orders/:id', showParams);
  return app;
}

function showParams(request: Request, response: Response): void {
  response.json(request.params);
}

function removeNothing(_request: Request, response: Response): void {
  response.status(204).end();
}

function notFound(_request: Request, response: Response): void {
  response.status(404).json({ error: 'not found' });
}

function refuse(request: Request, response: Response, next: NextFunction): void {
  if (mayEnter(request)) next();
  else response.status(401).end();
}
