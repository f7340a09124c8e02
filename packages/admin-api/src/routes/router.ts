import type { ServerResponse } from 'node:http';
import Router, { type RouterContext } from '@koa/router';
import {
  type BodyOf,
  OPERATIONS,
  type Operation,
  type OperationAccess,
  type OperationName,
  type Query,
  type QueryOf,
} from '@tacho/api-contract';
import { send } from '../answer/send.ts';
import { sendChange } from '../answer/send-change.ts';
import { readBody } from '../body/read-body.ts';
import { visitOf } from '../door/visit.ts';
import type { Identity } from '../identity/identity.ts';
import type { HeavyQueries } from '../limits/heavy-queries.ts';
import { readQuery } from '../query.ts';
import { FORBIDDEN, methodNotAllowed, UNAUTHORIZED } from '../refusals.ts';
import type { Handler, Handlers } from './handler.ts';

export interface RouterParts {
  readonly heavy: HeavyQueries;
  /** Whether what is asked for may take long to read. */
  readonly isHeavy: (query: object) => boolean;
  /** Told why an answer breaks off that has begun. */
  readonly onBroken: (error: unknown) => void;
}

/** Of one path: its operations by the method of a request. */
type Methods = ReadonlyMap<string, OperationName>;

/**
 * A route for every path that operations have: whoever may not ask is refused, then every method that none of them
 * has.
 */
export function routerOf(handlers: Handlers, parts: RouterParts): Router {
  const router = new Router({ sensitive: true, strict: true });
  for (const [path, methods] of METHODS) {
    const refusal = methodNotAllowed([...methods.keys()].join(', '));
    const least = leastAccess(methods);
    router.all(path, routePath(path), async (ctx) => {
      const visit = visitOf(ctx.req);
      visit.operation = path;
      const name = methods.get(ctx.method);
      assertMayAsk(name === undefined ? least : OPERATIONS[name].access, visit.identity);
      if (name === undefined) throw refusal;
      await answer(ctx, name, handlers[name] as Handler<OperationName>, parts);
    });
  }
  return router;
}

const METHODS: ReadonlyMap<string, Methods> = methodsByPath();

function methodsByPath(): Map<string, Map<string, OperationName>> {
  const paths = new Map<string, Map<string, OperationName>>();
  for (const [name, { path, method }] of Object.entries(OPERATIONS)) {
    const methods = paths.get(path) ?? new Map<string, OperationName>();
    paths.set(path, methods.set(method, name as OperationName));
    if (method === 'GET') methods.set('HEAD', name as OperationName);
  }
  return paths;
}

/** What anybody has to be who may do anything at a path. */
function leastAccess(methods: Methods): OperationAccess {
  const accesses = [...methods.values()].map((name): OperationAccess => OPERATIONS[name].access);
  return (['open', 'viewer'] as const).find((access) => accesses.includes(access)) ?? 'admin';
}

async function answer<TName extends OperationName>(
  ctx: RouterContext,
  name: TName,
  handler: Handler<TName>,
  { heavy, isHeavy, onBroken }: RouterParts,
): Promise<void> {
  const { method, query, body, readsHistory, status }: Operation = OPERATIONS[name];
  const visit = visitOf(ctx.req);
  visit.isChange = method !== 'GET';
  const question = {
    query: readQuery(ctx.querystring, query as Query<QueryOf<TName>>),
    body: (body === undefined ? undefined : await readBody(ctx.req, body)) as BodyOf<TName>,
    params: ctx.params,
    identity: visit.identity,
    ctx,
  };
  const work = async () => handler(question);
  const report = await (readsHistory && isHeavy(question.query as object)
    ? heavy.run(work, whenGone(ctx.res))
    : work());
  if (visit.isChange) sendChange(ctx, status, report);
  else if (report !== undefined) await send(ctx, report, onBroken);
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
