import { IncomingMessage } from 'node:http';
import { callInContext } from './call-in-context.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import type { Method } from './patch-method.ts';
import type { RequestTrace } from './request-trace.ts';
import type { RequestTracing } from './request-tracing.ts';

/** Has the application handle each request in the context that its trace has. */
export class TracedRequests {
  readonly #tracing: RequestTracing;
  readonly #onFailure: () => void;

  /** @param onFailure told of a request that could not be traced. Must not throw */
  constructor(tracing: RequestTracing, onFailure: () => void) {
    this.#tracing = tracing;
    this.#onFailure = onFailure;
  }

  /** Calls a server's own `emit` of `request`: what it gives, or throws, comes out of this. */
  handle(original: Method, server: unknown, args: unknown[]): unknown {
    const { contexts, leftOut } = this.#tracing;
    const request = args[1] as IncomingMessage;
    const exchange = exchangeOf(request);
    // One that has a trace was handed on by another server; one of HTTP/2 has none.
    if (exchange?.trace !== undefined || isHttp2(request)) return Reflect.apply(original, server, args);
    if (exchange === undefined) return callInContext(contexts, leftOut, original, server, args);
    const trace = this.#begin(exchange, request);
    if (trace === undefined) return Reflect.apply(original, server, args);
    try {
      return callInContext(contexts, trace.context, original, server, args);
    } catch (error) {
      trace.failed(error);
      throw error;
    }
  }

  #begin(exchange: Exchange, request: IncomingMessage): RequestTrace | undefined {
    try {
      exchange.trace = this.#tracing.begin(exchange, request);
    } catch {
      this.#onFailure();
    }
    return exchange.trace;
  }
}

/** By its class: the version of a request line is what the client made of it. */
function isHttp2(request: IncomingMessage): boolean {
  try {
    return request.httpVersionMajor > 1 && !(request instanceof IncomingMessage);
  } catch {
    // What stands in for a request may refuse to be read, and there may be none.
    return false;
  }
}
