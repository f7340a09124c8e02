import type { RequestListener } from 'node:http';
import type { Clock } from '@tacho/core';
import Koa, { type Middleware } from 'koa';
import { bodyLimit } from './body/body-limit.ts';
import { visitOf } from './door/visit.ts';
import { type Explain, errorResponse, explainsTo, type OnError } from './error-response.ts';
import { HeavyQueries } from './limits/heavy-queries.ts';
import { heavyRange } from './limits/heavy-range.ts';
import { LiveStreams } from './live/live-streams.ts';
import { pastOf } from './past.ts';
import { NOT_FOUND } from './refusals.ts';
import { type HandlersOptions, handlersOf } from './routes/handlers.ts';
import { type RouterParts, routerOf } from './routes/router.ts';
import { summaryNow } from './routes/summary.ts';
import { STRICT_HEADERS } from './strict-headers.ts';
import { requestTarget } from './target.ts';

export interface AppOptions extends Omit<HandlersOptions, 'live'> {
  readonly clock: Pick<Clock, 'now' | 'every'>;
  readonly onError: OnError;
  readonly newRequestId: () => string;
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
  app.use(routerOf(handlersOf({ ...options, live }), { ...heaviness, onBroken: explain }).routes());
  app.use(() => {
    throw NOT_FOUND;
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

function strictHeaders(): Middleware {
  return (ctx, next) => {
    ctx.set(STRICT_HEADERS);
    ctx.set(visitOf(ctx.req).headers);
    return next();
  };
}
