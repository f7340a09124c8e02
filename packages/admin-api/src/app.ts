import type { RequestListener } from 'node:http';
import Router from '@koa/router';
import type { Clock, HealthThresholds } from '@tacho/core';
import type { History } from '@tacho/store';
import Koa, { type Middleware } from 'koa';
import { bearerAuthentication } from './auth.ts';
import { errorResponse, type OnError } from './error-response.ts';
import { noRoute } from './no-route.ts';
import { recentWindowOf } from './recent-window.ts';
import { requestIds } from './request-id.ts';
import { endpoint, endpoints } from './routes/endpoints.ts';
import { slowRequests } from './routes/slow-requests.ts';
import { summary } from './routes/summary.ts';
import { systemMetrics } from './routes/system-metrics.ts';
import { requestTarget } from './target.ts';

export interface AdminApiOptions {
  history: Pick<History, 'window'>;
  clock: Pick<Clock, 'now'>;
  /** Any one of them opens every route; without any, none opens. */
  tokens: readonly string[];
  thresholds?: Readonly<HealthThresholds> | undefined;
  onError?: OnError | undefined;
}

/** Answers the requests of an `http.Server`; never throws and never rejects. */
export function createAdminApi(options: AdminApiOptions): RequestListener {
  const { clock, tokens, onError = () => {} } = options;
  const app = new Koa();
  app.use(privateAnswer());
  app.use(errorResponse(requestIds(clock.now()), onError));
  app.use(bearerAuthentication(tokens));
  app.use(requestTarget());
  app.use(routerOf(options).routes());
  app.use(noRoute());
  // All that is thrown was answered above. What comes here is a connection's end; Koa's own listener would print it.
  app.on('error', () => {});
  return app.callback();
}

function routerOf({ history, clock, thresholds }: AdminApiOptions): Router {
  const recentWindow = recentWindowOf(history, clock);
  const router = new Router({ prefix: '/api/performance', sensitive: true, strict: true });
  router.get('/summary', summary({ recentWindow, clock, thresholds }));
  router.get('/endpoints', endpoints(recentWindow));
  router.get('/endpoints/*endpoint', endpoint(recentWindow));
  router.get('/slow-requests', slowRequests(recentWindow));
  router.get('/system-metrics', systemMetrics(recentWindow));
  return router;
}

/** For one reader, and for what it says it is. */
function privateAnswer(): Middleware {
  return (ctx, next) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.set('X-Content-Type-Options', 'nosniff');
    return next();
  };
}
