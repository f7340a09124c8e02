import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { Clock, HealthThresholds, KeyPeriod } from '@tacho/core';
import Koa, { type Middleware } from 'koa';
import { bodyLimit } from './body-limit.ts';
import { visitOf } from './door/visit.ts';
import { type Explain, errorResponse, explainsTo, type OnError } from './error-response.ts';
import type { ServiceParts } from './health-report.ts';
import { HeavyQueries } from './limits/heavy-queries.ts';
import { heavyRange } from './limits/heavy-range.ts';
import { LiveStreams } from './live/live-streams.ts';
import { Cursors } from './paging/cursors.ts';
import { pagingWith } from './paging/paging.ts';
import { type PastReads, pastOf } from './past.ts';
import { rangeWindowOf } from './range-window.ts';
import { notFound } from './refusals.ts';
import { getEndpoint, listEndpoints } from './routes/endpoints.ts';
import type { Handlers } from './routes/handler.ts';
import { getHealth } from './routes/health.ts';
import { streamLive } from './routes/live.ts';
import { getOpenApi } from './routes/openapi.ts';
import { type RouterParts, routerOf } from './routes/router.ts';
import { listSlowRequests } from './routes/slow-requests.ts';
import { getSummary, summaryNow } from './routes/summary.ts';
import { listSystemMetrics } from './routes/system-metrics.ts';
import { getTrends } from './routes/trends.ts';
import { listUsers } from './routes/users.ts';
import { STRICT_HEADERS } from './strict-headers.ts';
import { requestTarget } from './target.ts';

export interface AppOptions {
  history: PastReads;
  clock: Pick<Clock, 'now' | 'every'>;
  /** How tacho's parts are now. */
  health: () => ServiceParts;
  thresholds?: Readonly<HealthThresholds> | undefined;
  /** When users' pseudonyms were under which key. */
  keyPeriods?: (() => readonly KeyPeriod[]) | undefined;
  /** Of cursors: 32 bytes, random unless given. */
  cursorKey?: Uint8Array | undefined;
  onError: OnError;
  newRequestId: () => string;
}

export interface App {
  /** Answers whoever was let in. Never throws and never rejects. */
  readonly answer: RequestListener;
  /** Ends what goes on and on. */
  close(): void;
}

export function createApp(options: AppOptions): App {
  const app = new Koa();
  const explain = explainsTo(options.onError, options.newRequestId);
  const heaviness = { heavy: new HeavyQueries(), isHeavy: heavyRange(options.clock) };
  const live = liveOf(options, heaviness, explain);
  app.use(strictHeaders());
  app.use(errorResponse(explain));
  app.use(bodyLimit());
  app.use(requestTarget());
  app.use(routerOf(handlersOf(options, live), { ...heaviness, onBroken: explain }).routes());
  app.use(() => {
    throw notFound();
  });
  // All that is thrown was answered above. What comes here is a connection's end; Koa's own listener would print it.
  app.on('error', () => {});
  return { answer: app.callback(), close: () => live.close() };
}

function liveOf(
  { history, clock, thresholds }: AppOptions,
  { heavy, isHeavy }: Pick<RouterParts, 'heavy' | 'isHeavy'>,
  explain: Explain,
): LiveStreams {
  const summaryOf = summaryNow({ past: pastOf(history), clock, thresholds });
  return new LiveStreams({
    clock,
    summaryOf: (range) => (isHeavy(range) ? heavy.run(() => summaryOf(range)) : summaryOf(range)),
    problemOf: (thrown) => explain(thrown).details,
  });
}

function handlersOf(options: AppOptions, live: LiveStreams): Handlers {
  const { history, clock, health, thresholds, keyPeriods, cursorKey = randomBytes(32) } = options;
  const paging = pagingWith(new Cursors({ key: cursorKey, clock }), clock);
  const past = pastOf(history);
  const rangeWindow = rangeWindowOf(past, clock);
  return {
    getSummary: getSummary({ rangeWindow, past, clock, thresholds }),
    listEndpoints: listEndpoints({ rangeWindow, paging }),
    getEndpoint: getEndpoint(rangeWindow),
    listSlowRequests: listSlowRequests({ rangeWindow, paging }),
    listSystemMetrics: listSystemMetrics(rangeWindow),
    listUsers: listUsers({ rangeWindow, paging, clock, keyPeriods }),
    getTrends: getTrends({ past, clock }),
    getHealth: getHealth(health),
    getOpenApi,
    streamLive: streamLive(live),
  };
}

function strictHeaders(): Middleware {
  return (ctx, next) => {
    ctx.set(STRICT_HEADERS);
    ctx.set(visitOf(ctx.req).headers);
    return next();
  };
}
