import type { Exchange } from '../exchange.ts';
import { exchangeInHand } from '../exchange-in-hand.ts';
import { type Method, patchMethod } from '../patch-method.ts';

/** A handler that a request was matched to, with the route it was registered under. */
type Matched = readonly [readonly [Handler, { readonly method: string; readonly path: string }], unknown];

interface Handler {
  readonly length: number;
  /** Around which Hono has put this one, for a sub-application with an error handler of its own. */
  readonly __COMPOSED_HANDLER?: Handler;
}

/** A request that may come to a second application: its path, and the prefixes that are stripped on the way. */
interface Mounting {
  readonly path: string;
  readonly prefixes: readonly string[];
}

/** The files of Hono's routers, below those of a module system. */
export const HONO_ROUTERS: readonly string[] = ['smart', 'reg-exp', 'trie', 'linear', 'pattern'].map(
  (name) => `router/${name}-router/router.js`,
);

const mountings = new WeakMap<Exchange, Mounting>();
/** Routers hand on to routers: the outermost tells. */
let isMatching = false;

/**
 * Learns the matched route from one of Hono's routers, at the moment of the match. Nothing there says of which request
 * it is, so it is the one that is being handed to the application: `@hono/node-server` calls Hono at once.
 *
 * @param exported what the file of a router exports
 */
export function hearHonoRouter(exported: object): () => void {
  const undo = Object.values(exported).flatMap((Router: { readonly prototype: object }) => {
    const isBuilt = typeof Reflect.get(Router.prototype, 'buildAllMatchers') === 'function';
    return isBuilt
      ? [hearMatches(Router.prototype), hearBuiltMatches(Router.prototype)]
      : [hearMatches(Router.prototype)];
  });
  return () => {
    for (const undoOne of undo) undoOne();
  };
}

/** Hears the method, and what a router puts in its place once its routes are known. */
function hearMatches(prototype: object): () => void {
  const own = Object.getOwnPropertyDescriptor(prototype, 'match');
  if (typeof own?.value !== 'function') return () => {};
  const heard = hearing(own.value);
  Object.defineProperty(prototype, 'match', {
    configurable: true,
    enumerable: own.enumerable ?? false,
    get: () => heard,
    set(this: object, match: Method) {
      setMatch(this, hearing(match));
    },
  });
  return () => Object.defineProperty(prototype, 'match', own);
}

/** For routers whose instances bring a method of their own, which is replaced at the first match. */
function hearBuiltMatches(prototype: object): () => void {
  return patchMethod(
    prototype,
    'buildAllMatchers',
    (original) =>
      function buildAllMatchers(this: unknown, ...args: unknown[]): unknown {
        const matchers = Reflect.apply(original, this, args);
        if (!isMatching) hearNextMatch(this as object);
        return matchers;
      },
  );
}

function hearNextMatch(router: object): void {
  if (Object.getOwnPropertyDescriptor(router, 'match')?.configurable !== true) return;
  Object.defineProperty(router, 'match', {
    configurable: true,
    enumerable: true,
    get: () => undefined,
    set(this: object, match: Method) {
      const heard = hearing(match);
      setMatch(this, heard);
      noteThisMatch(heard);
    },
  });
}

/** The match under way goes past the property: it is done once more, for the request in hand. */
function noteThisMatch(heard: Method): void {
  try {
    const exchange = exchangeInHand();
    const method = exchange?.method === 'HEAD' ? 'GET' : exchange?.method;
    if (exchange !== undefined) heard.call(undefined, method, exchange.path);
  } catch {
    // The router will say so itself.
  }
}

function setMatch(router: object, match: Method): void {
  Object.defineProperty(router, 'match', {
    configurable: true,
    enumerable: true,
    writable: true,
    value: match,
  });
}

function hearing(match: Method): Method {
  return function heardMatch(this: unknown, ...args: unknown[]): unknown {
    const exchange = exchangeInHand();
    if (isMatching || exchange === undefined) return Reflect.apply(match, this, args);
    isMatching = true;
    let result: unknown;
    try {
      result = Reflect.apply(match, this, args);
    } finally {
      isMatching = false;
    }
    try {
      noteMatch(exchange, args[1] as string, (result as [readonly Matched[]])[0]);
    } catch {
      // Inside the application's request: without a template it is counted under one learned from its URL.
    }
    return result;
  };
}

function noteMatch(exchange: Exchange, path: string, matched: readonly Matched[]): void {
  const mounting = mountings.get(exchange);
  const template = templateOf(matched);
  if (exchange.routerTemplate === undefined || mounting !== undefined) {
    const prefix = mounting === undefined ? '' : prefixOf(mounting, path);
    if (template !== undefined && prefix !== undefined) exchange.matchRoute(joined(prefix, template));
  }
  if (mounting !== undefined || !(template ?? '*').endsWith('*')) return;
  const prefixes = matched.map(([[, route]]) => route.path).filter(isWildcard);
  if (prefixes.length > 0) mountings.set(exchange, { path, prefixes: prefixes.map(withoutWildcard) });
}

/**
 * The template of the route that answers: the first whose handler takes no `next`, so that what is behind it is not
 * reached; else the last that is no middleware. What was registered for all methods and everything below a path is
 * taken for middleware, unless nothing else is there and it takes no `next`.
 */
function templateOf(matched: readonly Matched[]): string | undefined {
  let route: string | undefined;
  let ofAllMethods: string | undefined;
  let catchAll: string | undefined;
  for (const [[handler, { method, path }]] of matched) {
    const isLast = targetOf(handler).length < 2;
    if (method !== 'ALL') route = path;
    else if (!isWildcard(path)) ofAllMethods = path;
    else {
      if (isLast) catchAll ??= path;
      continue;
    }
    if (isLast) return path;
  }
  return route ?? ofAllMethods ?? catchAll;
}

function targetOf(handler: Handler): Handler {
  let target = handler;
  while (target.__COMPOSED_HANDLER !== undefined) target = target.__COMPOSED_HANDLER;
  return target;
}

/** @returns what an application stripped off to come to this path; undefined where it did something else */
function prefixOf({ path, prefixes }: Mounting, inner: string): string | undefined {
  if (inner === path) return '';
  if (inner !== '/' && !path.endsWith(inner)) return undefined;
  const stripped = path.endsWith(inner) ? path.slice(0, -inner.length) : path;
  return prefixes.findLast((prefix) => prefix.split('/').length === stripped.split('/').length);
}

function joined(prefix: string, template: string): string {
  return prefix !== '' && template === '/' ? prefix : prefix + template;
}

function isWildcard(path: string): boolean {
  return path.endsWith('*');
}

function withoutWildcard(path: string): string {
  return path.replace(/\/?\*$/, '');
}
