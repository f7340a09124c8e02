import type { Outcome } from '@tacho/core';
import { OVERFLOW_ROUTE } from '@tacho/core';
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
  /** Epoch milliseconds, UTC. */
  readonly startMs: number;
  /** The same moment in milliseconds of the monotonic clock. */
  readonly startedAt: number;
  /** Milliseconds of the monotonic clock when the headers left; undefined until then, and when all left in one. */
  headersSentAt: number | undefined;
  /** The same clock when the application had written the rest of the body; undefined until then, and for no rest. */
  bodyWrittenAt: number | undefined;
  /** Set once, when the response has closed. */
  end: ExchangeEnd | undefined;
  /** Told each template that the request is matched to. */
  whenRouted: ((template: string) => void) | undefined;
  #route: string | undefined;

  constructor(method: string, startMs: number, startedAt: number) {
    this.method = method;
    this.startMs = startMs;
    this.startedAt = startedAt;
  }

  /** The template of the router's route that the request met last; undefined without a router. */
  get routerTemplate(): string | undefined {
    return this.#route;
  }

  matchRoute(template: string): void {
    this.#route = template.length > MAX_ROUTE_LENGTH ? template.slice(0, MAX_ROUTE_LENGTH) : template;
    this.whenRouted?.(this.#route);
  }

  /** The route to count under: the router's template, else one learned from the path. */
  routeOf(path: string, status: number, templates: UrlTemplates): string {
    return this.#route ?? templates.learn(path, showsPath(this.method, status)) ?? OVERFLOW_ROUTE;
  }
}

/** What is known of an exchange when it is over. */
export interface ExchangeEnd {
  readonly outcome: Outcome;
  readonly status: number;
  readonly route: string;
  /** Milliseconds from the headers' arrival to the close of the response. */
  readonly durationMs: number;
  /** A pseudonym. */
  readonly user: string | undefined;
  /** False where the connection died under a response that waited for its turn, and that will not say so. */
  readonly closed: boolean;
}

const EXCHANGE = Symbol('tacho.exchange');

/** The exchange a request belongs to; undefined for requests that are not measured. */
export function exchangeOf(request: object | undefined): Exchange | undefined {
  return (request as { [EXCHANGE]?: Exchange } | undefined)?.[EXCHANGE];
}

/** @param exchange undefined for a request that is left out */
export function attachExchange(request: object, exchange: Exchange | undefined): void {
  (request as { [EXCHANGE]?: Exchange | undefined })[EXCHANGE] = exchange;
}

/** Whether the request has been announced before, and has an exchange or is left out. */
export function isAnnounced(request: object): boolean {
  return EXCHANGE in request;
}
