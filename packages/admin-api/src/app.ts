import type { RequestListener } from 'node:http';
import Router from '@koa/router';
import type { Clock, HealthThresholds, KeyPeriod } from '@tacho/core';
import Koa, { type Middleware } from 'koa';
import { bearerAuthentication } from './auth.ts';
import { errorResponse, type OnError } from './error-response.ts';
import type { ServiceParts } from './health-report.ts';
import { noRoute } from './no-route.ts';
import { type PastReads, pastOf } from './past.ts';
import { rangeWindowOf } from './range-window.ts';
import { requestIds } from './request-id.ts';
import { endpoint, endpoints } from './routes/endpoints.ts';
import { health } from './routes/health.ts';
import { slowRequests } from './routes/slow-requests.ts';
import { summary } from './routes/summary.ts';
import { systemMetrics } from './routes/system-metrics.ts';
import { trends } from './routes/trends.ts';
import { users } from './routes/users.ts';
import { requestTarget } from './target.ts';

export interface AdminApiOptions {
  history: PastReads;
  clock: Pick<Clock, 'now'>;
  /** How tacho's parts are now. */
  health: () => ServiceParts;
  /** Any one of them opens every route; without any, none opens. */
  tokens: readonly string[];
  thresholds?: Readonly<HealthThresholds> | undefined;
  /** When users' pseudonyms were under which key. */
  keyPeriods?: (() => readonly KeyPeriod[]) | undefined;
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

function routerOf({ history, clock, health: parts, thresholds, keyPeriods }: AdminApiOptions): Router {
  const past = pastOf(history);
  const rangeWindow = rangeWindowOf(past, clock);
  const router = new Router({ prefix: '/api/performance', sensitive: true, strict: true });
  router.get('/summary', summary({ rangeWindow, past, clock, thresholds }));
  router.get('/endpoints', endpoints(rangeWindow));
  router.get('/endpoints/*endpoint', endpoint(rangeWindow));
  router.get('/slow-requests', slowRequests(rangeWindow));
  router.get('/system-metrics', systemMetrics(rangeWindow));
  router.get('/users', users({ rangeWindow, clock, keyPeriods }));
  router.get('/trends', trends({ past, clock }));
  router.get('/health', health(parts));
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
