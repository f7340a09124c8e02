import type { ServerResponse } from 'node:http';
import Router from '@koa/router';
import {
  OPERATIONS,
  type OperationAccess,
  type OperationName,
  type Query,
  type QueryOf,
} from '@tacho/api-contract';
import { send } from '../answer/send.ts';
import { visitOf } from '../door/visit.ts';
import type { Identity } from '../identity/identity.ts';
import type { HeavyQueries } from '../limits/heavy-queries.ts';
import { readQuery } from '../query.ts';
import { FORBIDDEN, METHOD_NOT_ALLOWED, UNAUTHORIZED } from '../refusals.ts';
import type { Handlers } from './handler.ts';

export interface RouterParts {
  readonly heavy: HeavyQueries;
  /** Whether what is asked for may take long to read. */
  readonly isHeavy: (query: object) => boolean;
  /** Told why an answer breaks off that has begun. */
  readonly onBroken: (error: unknown) => void;
}

/**
 * A route for every operation there is: whoever may not ask is refused, whatever the method, then every method but
 * `GET` and `HEAD`.
 */
export function routerOf(handlers: Handlers, { heavy, isHeavy, onBroken }: RouterParts): Router {
  const router = new Router({ sensitive: true, strict: true });
  const add = <TName extends OperationName>(name: TName): void => {
    const { path, access, query, readsHistory } = OPERATIONS[name];
    const handler = handlers[name];
    router.all(name, routePath(path), async (ctx) => {
      const visit = visitOf(ctx.req);
      visit.operation = path;
      assertMayAsk(access, visit.identity);
      if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw METHOD_NOT_ALLOWED;
      const question = {
        query: readQuery(ctx.querystring, query as Query<QueryOf<TName>>),
        params: ctx.params,
        identity: visit.identity,
        ctx,
      };
      const work = async () => handler(question);
      const report = await (readsHistory && isHeavy(question.query as object)
        ? heavy.run(work, whenGone(ctx.res))
        : work());
      if (report !== undefined) await send(ctx, report, onBroken);
    });
  };
  for (const name of Object.keys(OPERATIONS)) add(name as OperationName);
  return router;
}

/** A parameter of a path reaches to its end, over slashes that are not percent-encoded, too. */
function routePath(template: string): string {
  return template.replace(/\{(\w+)\}$/, '*$1');
}

/** @throws HttpProblem 401, 403 */
function assertMayAsk(access: OperationAccess, identity: Identity | undefined): void {
  if (access === 'open') return;
  if (identity === undefined) throw UNAUTHORIZED;
  if (identity.role === undefined || (access === 'admin' && identity.role !== 'admin')) throw FORBIDDEN;
}

/** Aborted once nobody waits for an answer any more. */
function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
