import Router from '@koa/router';
import Koa from 'koa';
import { auth } from './routes/auth.ts';
import { events } from './routes/events.ts';
import { reports } from './routes/reports.ts';
import { users } from './routes/users.ts';

/** The service, not listening yet. It knows nothing of being measured. */
export function createService(): Koa {
  const app = new Koa();
  // A stack for each request that fails on purpose would drown everything else.
  app.silent = true;

  const health = new Router();
  health.get('/healthz', (ctx) => {
    ctx.body = 'ok';
  });

  const api = new Router({ prefix: '/api' });
  api.use('/auth', auth.routes());
  api.use('/users', users.routes());
  api.use('/reports', reports.routes());
  api.use('/events', events.routes());

  app.use(health.routes());
  app.use(api.routes());
  app.use(api.allowedMethods());
  return app;
}
