import { asRouter, type Router } from './layer.ts';

/** Applications within each other; what is deeper is not looked for. */
const MAX_DEPTH = 16;

/** What is read of an Express application. */
export interface Application {
  /** Of Express 4. */
  readonly _router?: unknown;
  /** Of Express 5; in 4 it throws. */
  readonly router?: unknown;
  /** Where it was mounted last, and in which application. */
  readonly mountpath?: unknown;
  readonly parent?: unknown;
}

const FIRST_ROUTER = Symbol('tacho.firstRouter');

/** What is read of a request to know what is around it. */
export interface Surrounded {
  readonly app?: unknown;
  readonly socket?: unknown;
  [FIRST_ROUTER]?: Router | undefined;
}

/** The router of an application that is in use: in others, asking would make one. */
export function routerOf(application: Application): Router | undefined {
  return asRouter(application._router ?? application.router);
}

/** The Express applications around a request, the outermost one first. */
export function applicationsAround(request: Surrounded): Application[] {
  const found: Application[] = [];
  let application = request.app;
  while (isApplication(application) && found.length < MAX_DEPTH) {
    found.unshift(application);
    application = application.parent;
  }
  return found;
}

/** The outermost routers that a request may have come through. */
export function rootsAround(request: Surrounded): Router[] {
  const [application] = applicationsAround(request);
  const candidates = [
    request[FIRST_ROUTER],
    application && routerOf(application),
    ...listenersFor(request).map(routerOf),
  ];
  return [...new Set(candidates.filter((router) => router !== undefined))];
}

/** @returns those that have a router, as they have served at least this request */
function listenersFor({ socket }: Surrounded): Application[] {
  const { server } = (socket ?? {}) as { server?: { listeners?(event: string): unknown[] } };
  return (server?.listeners?.('request') ?? []).filter(isApplication);
}

function isApplication(value: unknown): value is Application {
  return typeof value === 'function' && 'mountpath' in value;
}

/**
 * Notes the router that a request comes to first, where no Express application would lead to it. May run at any
 * call of a router.
 */
export function noteFirstRouter(request: unknown, router: unknown): void {
  const noted = request as Surrounded;
  if (noted.app === undefined) noted[FIRST_ROUTER] ??= asRouter(router);
}
