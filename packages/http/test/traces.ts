import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { Exchange } from '../src/exchange.ts';
import type { RequestTrace } from '../src/request-trace.ts';
import type { RequestTracing } from '../src/request-tracing.ts';

/** Traces requests by what they are: `GET /a` is active while `/a` is handled. */
export class Traces implements RequestTracing {
  readonly contexts = new AsyncLocalStorage<object>();
  readonly leftOut = { name: 'left out' };
  /** What the traces were told, in order. */
  readonly told: string[] = [];
  readonly #begin: (exchange: Exchange) => void;

  /** @param begin called at the begin of each trace */
  constructor(begin: (exchange: Exchange) => void = () => {}) {
    this.#begin = begin;
  }

  /** What is active, by name. */
  get active(): string {
    return nameOf(this.contexts.getStore());
  }

  begin(exchange: Exchange, request: IncomingMessage): RequestTrace | undefined {
    this.#begin(exchange);
    if (request.headers['x-untraced'] !== undefined) return undefined;
    const name = `${request.method} ${request.url}`;
    return {
      context: { name },
      traceId: 'a'.repeat(32),
      user: request.headers['x-user'] as string | undefined,
      failed: (error) => this.told.push(`${name} failed: ${(error as Error).message}`),
      ended: (response) => this.told.push(`${name} ended: ${response.statusCode}`),
    };
  }
}

function nameOf(context: object | undefined): string {
  return context === undefined ? 'nothing' : (context as { name: string }).name;
}
