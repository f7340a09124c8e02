import type { Outcome } from '@tacho/core';
import { OVERFLOW_ROUTE } from '@tacho/core';
import type { RequestTrace } from './request-trace.ts';
import { showsPath } from './shows-path.ts';
import type { UrlTemplates } from './url-templates.ts';

/** Longest route kept. A router's template longer than this is cut: it is a label, not data. */
const MAX_ROUTE_LENGTH = 300;

/**
 * One request and its response as the HTTP layer sees them, from the headers' arrival to the close of the
 * response. It refers to neither of the two, so that whoever holds an exchange holds no socket and no body.
 */
export class Exchange {
  readonly method: string;
  /** Of the request's URL, without its query. */
  readonly path: string;
  /** Epoch milliseconds, UTC. */
  readonly startMs: number;
  /** The same moment in milliseconds of the monotonic clock. */
  readonly startedAt: number;
  /** Milliseconds of the monotonic clock when the headers left; undefined until then, and when all left in one. */
  headersSentAt: number | undefined;
  /** The same clock when the application had written the rest of the body; undefined until then, and for no rest. */
  bodyWrittenAt: number | undefined;
  /** What traces it; undefined where nothing does. */
  trace: RequestTrace | undefined;
  /** Told each template that the request is matched to. */
  whenRouted: ((template: string) => void) | undefined;
  /** The connection has died under a response that waited for its turn, and that will not say so. */
  isAbandoned = false;
  /** How it ended; undefined until the response has closed. */
  outcome: Outcome | undefined;
  /**
   * Whether the service has answered, be it in part: a status alone says nothing, as Node has one for every response
   * from the start. This and what follows is known once there is an outcome.
   */
  isAnswered = false;
  status = 0;
  route = '';
  /** Milliseconds from the headers' arrival to the close of the response. */
  durationMs = 0;
  /** A pseudonym. */
  user: string | undefined;
  #template: string | undefined;

  constructor(method: string, path: string, startMs: number, startedAt: number) {
    this.method = method;
    this.path = path;
    this.startMs = startMs;
    this.startedAt = startedAt;
  }

  /** The template of the router's route that the request met last; undefined without a router. */
  get routerTemplate(): string | undefined {
    return this.#template;
  }

  matchRoute(template: string): void {
    this.#template = template.length > MAX_ROUTE_LENGTH ? template.slice(0, MAX_ROUTE_LENGTH) : template;
    this.whenRouted?.(this.#template);
  }

  /** The route to count under: the router's template, else one learned from the path. */
  routeOf(templates: UrlTemplates): string {
    const isShown = this.isAnswered && showsPath(this.method, this.status);
    return this.#template ?? templates.learn(this.path, isShown) ?? OVERFLOW_ROUTE;
  }
}

const EXCHANGE = Symbol('tacho.exchange');

/** Of requests that take no property, as one that was frozen does not. */
const others = new WeakMap<object, Exchange | undefined>();
let hasOthers = false;

/** The exchange a request belongs to; undefined for requests that are not measured. Never throws. */
export function exchangeOf(request: object | undefined): Exchange | undefined {
  try {
    const own = (request as { [EXCHANGE]?: Exchange } | undefined)?.[EXCHANGE];
    return own === undefined && hasOthers && request ? others.get(request) : own;
  } catch {
    // What stands in for a request may refuse to be read.
    return undefined;
  }
}

/** @param exchange undefined for a request that is left out */
export function attachExchange(request: object, exchange: Exchange | undefined): void {
  try {
    (request as { [EXCHANGE]?: Exchange | undefined })[EXCHANGE] = exchange;
  } catch {
    others.set(request, exchange);
    hasOthers = true;
  }
}

/** Whether the request has been announced before, and has an exchange or is left out. */
export function isAnnounced(request: object): boolean {
  return EXCHANGE in request || (hasOthers && others.has(request));
}
