import type { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { Exchange } from './exchange.ts';
import type { RequestTrace } from './request-trace.ts';

/** Who traces the requests of this process: we, or somebody else, or nobody. */
export interface Tracing {
  readonly own?: RequestTracing;
  /** The trace that is active where it is called, of an application that traces its requests by itself. */
  readonly others?: () => RequestTrace | undefined;
  /** A request that is under way is left out after all: nothing of it may be told. Must not throw. */
  readonly leaveOut?: (exchange: Exchange) => void;
}

/**
 * What goes along with the requests that reach the application, and what is active while they are handled: in
 * every listener of the request and of the response as well.
 */
export interface RequestTracing {
  /** Holds what is active. */
  readonly contexts: AsyncLocalStorage<object>;
  /** What is active while a request is handled that is left out of the statistics. */
  readonly leftOut: object;
  /** @returns undefined to leave the request untraced */
  begin(exchange: Exchange, request: IncomingMessage): RequestTrace | undefined;
}
