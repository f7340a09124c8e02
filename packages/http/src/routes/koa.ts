import { exchangeOf } from '../exchange.ts';
import { requestPath } from '../request-path.ts';
import { hearAssignments } from './assignments.ts';

/** What is read of a Koa context; every Koa and router version keeps these. */
interface KoaContext {
  readonly req: { readonly url?: string };
  readonly matched?: unknown;
  /** The mounts the request has come into, the last one first. */
  [MOUNTS]?: Mount;
}

interface RouterLayer {
  readonly path?: unknown;
  readonly methods?: unknown;
}

interface Mount {
  readonly prefix: string;
  /** The path of the request when it came to the mount. */
  readonly path: string;
  readonly before: Mount | undefined;
}

const MOUNTS = Symbol('tacho.mounts');

/**
 * Learns the matched route from `@koa/router` (and `koa-router`), which leave it on the context as
 * `_matchedRoute`: an accessor on the prototype of all contexts hears each assignment at the moment of the
 * match. Another one hears `koa-mount` come in, which strips its prefix from the path, so that the prefix
 * can be put back. Costs nothing for requests that meet neither, and works for applications created long
 * before.
 *
 * @param contextPrototype what Koa's `lib/context.js` exports
 * @returns undoes it
 */
export function hearKoaRoutes(contextPrototype: object): () => void {
  const prototype = contextPrototype as KoaContext;
  const undo = [
    hearAssignments(prototype, 'mountPath', noteMount),
    hearAssignments(prototype, '_matchedRoute', noteRoute),
  ];
  return () => {
    for (const undoOne of undo) undoOne();
  };
}

function noteMount(context: KoaContext, prefix: unknown): void {
  if (typeof prefix !== 'string' || exchangeOf(context.req) === undefined) return;
  context[MOUNTS] = { prefix, path: requestPath(context.req.url), before: context[MOUNTS] };
}

function noteRoute(context: KoaContext, route: unknown): void {
  const exchange = exchangeOf(context.req);
  const template = templateOf(route);
  if (exchange === undefined || template === undefined) return;
  // `router.use(path, …)` assigns its own path while it runs; the route proper was assigned before it.
  if (exchange.routerTemplate !== undefined && isMiddlewareLayer(context.matched, route)) return;
  exchange.matchRoute(joinMount(mountOf(context), template));
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

/**
 * The prefixes that the mounts around the request have stripped, '' where it is in none. Only what a mount
 * was made with is put together: what else the application has cut from its paths may be anything a user
 * sent, and has no place in a template.
 */
function mountOf(context: KoaContext): string {
  let path = requestPath(context.req.url);
  let prefixes = '';
  for (let mount = context[MOUNTS]; mount !== undefined; mount = mount.before) {
    const { prefix } = mount;
    // Another path than this one is that of a mount the request has left again.
    if (mount.path !== prefix + path && !(path === '/' && mount.path === prefix)) continue;
    prefixes = prefix + prefixes;
    path = mount.path;
  }
  return prefixes;
}

function joinMount(mount: string, template: string): string {
  return mount !== '' && template === '/' ? mount : mount + template;
}
