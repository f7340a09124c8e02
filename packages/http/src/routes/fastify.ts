import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { exchangeOf } from '../exchange.ts';
import { patchMethod } from '../patch-method.ts';

/** Told of each instance that is made. */
const INITIALIZATION = 'fastify.initialization';
/** Told of each request that comes as far as its handler. */
const HANDLER = 'tracing:fastify.request.handler:start';

/** What Fastify gives its router to keep with a route; the handler for what is not found has no URL there. */
interface RouteContext {
  readonly config?: { readonly url?: unknown };
}

interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly routeOptions?: { readonly url?: unknown };
}

interface FastifyInstance {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: unknown, done: () => void) => void,
  ): unknown;
}

/**
 * Learns the matched route from Fastify itself, bundled or not: from a hook before all others in each instance that
 * is made from now on, and of those made before from what they publish when a handler begins.
 */
export function hearFastifyInstances(): () => void {
  subscribe(INITIALIZATION, noteInstance);
  subscribe(HANDLER, noteHandled);
  return () => {
    unsubscribe(INITIALIZATION, noteInstance);
    unsubscribe(HANDLER, noteHandled);
  };
}

/**
 * Learns the matched route from the router under Fastify, at the moment of the match: of instances made before too,
 * and of requests that a hook refuses.
 *
 * @param Router what find-my-way's `index.js` exports
 */
export function hearFindMyWay(Router: object): () => void {
  const { prototype } = Router as { prototype: object };
  return patchMethod(
    prototype,
    'callHandler',
    (original) =>
      function callHandler(this: unknown, ...args: unknown[]): unknown {
        const [match, request] = args as [{ readonly store?: RouteContext } | null, IncomingMessage];
        try {
          note(request, match?.store?.config?.url);
        } catch {
          // Inside the application's request: without a template it is counted under one learned from its URL.
        }
        return Reflect.apply(original, this, args);
      },
  );
}

// What subscribers and hooks throw would end the process, or the request.

function noteInstance(message: unknown): void {
  try {
    const { fastify } = message as { readonly fastify: FastifyInstance };
    fastify.addHook('onRequest', (request, _reply, done) => {
      noteHandled({ request });
      done();
    });
  } catch {
    // Its handlers tell of the route when they begin.
  }
}

function noteHandled(message: unknown): void {
  try {
    const { request } = message as { readonly request: FastifyRequest };
    note(request.raw, request.routeOptions?.url);
  } catch {
    // A request like no Fastify's leaves no route.
  }
}

function note(request: IncomingMessage, template: unknown): void {
  if (typeof template !== 'string') return;
  const exchange = exchangeOf(request);
  if (exchange !== undefined && exchange.routerTemplate !== template) exchange.matchRoute(template);
}
