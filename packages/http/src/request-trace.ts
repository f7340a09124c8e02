import type { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';

/**
 * What goes along with the requests that reach the application, and what is active while they are handled: in
 * every listener of the request and of the response as well. Nothing here may throw.
 */
export interface RequestTracing {
  /** Holds what is active. */
  readonly contexts: AsyncLocalStorage<object>;
  /** What is active while a request is handled that is left out of the statistics. */
  readonly leftOut: object;
  /** @returns undefined to leave the request untraced */
  begin(exchange: Exchange, request: IncomingMessage): RequestTrace | undefined;
}

/** The trace of one request. */
export interface RequestTrace {
  /** What is active while the request is handled. */
  readonly context: object;
  /** Lower-case hex, 32 digits. */
  readonly traceId: string;
  /** Who is asking, by name, as far as the application has told the trace. */
  readonly user: string | undefined;
  /** The listener of the server threw, or the response told of an error. */
  failed(error: unknown): void;
  /** The exchange is over. */
  ended(exchange: Exchange, response: ServerResponse): void;
}
