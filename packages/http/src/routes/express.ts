import { IncomingMessage } from 'node:http';
import { exchangeOf } from '../exchange.ts';
import { type Method, patchMethod } from '../patch-method.ts';
import { UrlTemplates } from '../url-templates.ts';
import { hearAssignments } from './assignments.ts';
import { noteFirstRouter } from './express/applications.ts';
import type { RoutedRequest } from './express/chain.ts';
import type { Route } from './express/layer.ts';
import { RouteTemplates } from './express/route-templates.ts';

const BASE = Symbol('tacho.base');

interface NotedRequest extends RoutedRequest {
  /** What was cut off its path when it came to the route. */
  [BASE]?: unknown;
}

/** Stands for the application where routers are used without any. */
const NO_APPLICATION = {};

/** What else is read of a route. */
interface DispatchingRoute extends Route {
  readonly methods: Readonly<Record<string, unknown>>;
}

/**
 * Learns the matched route from Express 4 and 5, and from the package `router` that 5 is made of. All assign it to
 * the request as `route` before they call its handlers: an accessor on the prototype of all requests hears it, of any
 * copy, loaded at any time, bundled or not. The prefix of routers that it is mounted in is not there to be read, but
 * found, once, by looking for the route in the routers of the application.
 */
export function hearExpressRoutes(): () => void {
  // By application, as one router may be in several, and each leads to it in its own order.
  const templates = new WeakMap<object, WeakMap<Route, RouteTemplates>>();
  const unknown = new UrlTemplates();
  return hearAssignments(IncomingMessage.prototype, 'route', (request, route, before) => {
    const exchange = exchangeOf(request);
    if (exchange === undefined || !isRoute(route) || !answers(route, request.method)) return;
    const noted = request as NotedRequest;
    const { app, baseUrl } = noted;
    // By the router that has found it, and again by itself.
    if (route === before && noted[BASE] === baseUrl) return;
    noted[BASE] = baseUrl;
    const application = typeof app === 'function' ? app : NO_APPLICATION;
    const ofApplication = getOrMake(templates, application, () => new WeakMap());
    const ofRoute = getOrMake(ofApplication, route, () => new RouteTemplates(route, unknown));
    const template = ofRoute.of(noted);
    if (template !== exchange.routerTemplate) exchange.matchRoute(template);
  });
}

/**
 * Notes the first `router` that each request comes to, where there is no Express application to find it by.
 *
 * @param exported what the package `router` exports
 */
export function noteRouters(exported: object): () => void {
  const { prototype } = exported as { readonly prototype: { readonly handle: unknown } };
  if (typeof prototype.handle !== 'function') return () => {};
  return patchMethod(prototype, 'handle', (original: Method) => {
    return function handle(this: unknown, ...args: unknown[]): unknown {
      try {
        noteFirstRouter(args[0], this);
      } catch {
        // What it has mounted is told by URLs then.
      }
      return Reflect.apply(original, this, args);
    };
  });
}

function getOrMake<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function isRoute(value: unknown): value is DispatchingRoute {
  const route = value as Partial<Record<string, unknown>> | null | undefined;
  return (
    typeof route === 'object' &&
    route !== null &&
    Array.isArray(route.stack) &&
    typeof route.methods === 'object' &&
    typeof route.dispatch === 'function'
  );
}

/** A route is assigned for HEAD whatever its methods, and passed over then. */
function answers({ methods }: DispatchingRoute, method: string | undefined): boolean {
  return method !== 'HEAD' || Boolean(methods._all || methods.head || methods.get);
}
