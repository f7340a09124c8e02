import { exchangeOf } from '../exchange.ts';
import { requestPath } from '../request-path.ts';

/** What is read of a Koa context; every Koa and router version keeps these. */
interface KoaContext {
  readonly req: { readonly url?: string };
  readonly originalUrl?: string;
  readonly matched?: unknown;
  [MATCHED_ROUTE]?: unknown;
}

interface RouterLayer {
  readonly path?: unknown;
  readonly methods?: unknown;
}

const MATCHED_ROUTE = Symbol('tacho.matchedRoute');

/**
 * Learns the matched route from `@koa/router` (and `koa-router`), which leave it on the context as
 * `_matchedRoute`: an accessor on the prototype of all contexts hears each assignment at the moment of the
 * match, when a mount has its prefix stripped from `ctx.path`, so that the prefix can be told and put back.
 * Costs nothing for requests that meet no router, and works for applications created long before.
 *
 * @param contextPrototype what Koa's `lib/context.js` exports
 * @returns undoes it
 */
export function hearKoaRoutes(contextPrototype: object): () => void {
  if (Object.hasOwn(contextPrototype, '_matchedRoute')) return () => {};
  Object.defineProperty(contextPrototype, '_matchedRoute', {
    configurable: true,
    enumerable: false,
    get(this: KoaContext) {
      return this[MATCHED_ROUTE];
    },
    set(this: KoaContext, route: unknown) {
      this[MATCHED_ROUTE] = route;
      noteRoute(this, route);
    },
  });
  return () => {
    delete (contextPrototype as { _matchedRoute?: unknown })._matchedRoute;
  };
}

/** Runs inside the application's request: whatever is wrong with the context, it must not show. */
function noteRoute(context: KoaContext, route: unknown): void {
  try {
    const exchange = exchangeOf(context.req);
    const template = templateOf(route);
    if (exchange === undefined || template === undefined) return;
    // `router.use(path, …)` assigns its own path while it runs; the route proper was assigned before it.
    if (exchange.routerTemplate !== undefined && isMiddlewareLayer(context.matched, route)) return;
    exchange.matchRoute(joinMount(mountOf(context), template));
  } catch {
    // Without a template the request is counted under one learned from its URL.
  }
}

function templateOf(route: unknown): string | undefined {
  if (typeof route === 'string') return route === '' ? '/' : route;
  return route instanceof RegExp ? String(route) : undefined;
}

function isMiddlewareLayer(matched: unknown, route: unknown): boolean {
  if (!Array.isArray(matched)) return false;
  const layers = (matched as RouterLayer[]).filter((layer) => layer.path === route);
  return (
    layers.length > 0 && layers.every((layer) => Array.isArray(layer.methods) && layer.methods.length === 0)
  );
}

/** The part of the original path that mounts have stripped by now; '' where there is none. */
function mountOf(context: KoaContext): string {
  const current = requestPath(context.req.url);
  const original = requestPath(context.originalUrl);
  if (current === original) return '';
  if (current === '/') return original.endsWith('/') ? original.slice(0, -1) : original;
  return original.endsWith(current) ? original.slice(0, -current.length) : '';
}

function joinMount(mount: string, template: string): string {
  if (mount === '') return template;
  return template === '/' ? mount : mount + template;
}
