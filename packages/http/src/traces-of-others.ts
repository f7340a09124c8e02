import { ServerResponse } from 'node:http';
import { exchangeOf } from './exchange.ts';
import { type Method, patchMethod } from './patch-method.ts';
import type { RequestTrace } from './request-trace.ts';

/**
 * Notes the trace of each request that the application traces by itself: when it ends the response it is in the
 * context of the request, wherever its instrumentation stands in the chain of wrappers. A request that nobody
 * answers has none.
 *
 * @param activeTrace must not throw
 * @returns undoes it
 */
export function hearTracesOfOthers(activeTrace: () => RequestTrace | undefined): () => void {
  return patchMethod(ServerResponse.prototype, 'end', (original: Method) => {
    return function end(this: unknown, ...args: unknown[]): unknown {
      try {
        const exchange = exchangeOf((this as ServerResponse).req);
        if (exchange !== undefined) exchange.trace ??= activeTrace();
      } catch {
        // Without a trace it is counted all the same.
      }
      return Reflect.apply(original, this, args);
    };
  });
}
