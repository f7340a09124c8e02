import { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { exchangeOf, isAnnounced } from './exchange.ts';
import { callMethod, type Method, patchMethod } from './patch-method.ts';
import type { RequestTracing } from './request-tracing.ts';

/** As Node has it: whoever wraps it has no business with what is asked here. */
const { listenerCount } = EventEmitter.prototype;

/**
 * Has each listener of a request or its response run in the request's context, through one wrapper a method of
 * the two prototypes. A listener costs nothing then, nor does a request that has none: binding the listeners of each
 * request to its context costs more than all else that tracing does.
 *
 * @returns undoes it
 */
export function keepListenerContexts(tracing: RequestTracing): () => void {
  const undo = [
    patchMethod(IncomingMessage.prototype, 'emit', (original) => restoringForRequest(original, tracing)),
    patchMethod(ServerResponse.prototype, 'emit', (original) => restoringForResponse(original, tracing)),
    patchMethod(ServerResponse.prototype, 'write', (original) => bindingCallback(original, tracing)),
    patchMethod(ServerResponse.prototype, 'end', (original) => bindingCallback(original, tracing)),
  ];
  return () => {
    for (const undoOne of undo) undoOne();
  };
}

// Twice the same, since a function that is called for objects of both kinds is slow for either.

function restoringForRequest(original: Method, tracing: RequestTracing): Method {
  return function emit(this: unknown, ...args: unknown[]): unknown {
    const context = contextOf(this as IncomingMessage, tracing);
    return isNeedless(context, tracing, this as IncomingMessage, args[0])
      ? Reflect.apply(original, this, args)
      : tracing.contexts.run(context, callMethod, original, this, args);
  };
}

function restoringForResponse(original: Method, tracing: RequestTracing): Method {
  return function emit(this: unknown, ...args: unknown[]): unknown {
    const context = contextOf((this as ServerResponse).req, tracing);
    return isNeedless(context, tracing, this as ServerResponse, args[0])
      ? Reflect.apply(original, this, args)
      : tracing.contexts.run(context, callMethod, original, this, args);
  };
}

/**
 * A response that waits behind an earlier one of its connection is written out in that one's context: what is to be
 * called then is bound to its own.
 */
function bindingCallback(original: Method, tracing: RequestTracing): Method {
  return function write(this: unknown, ...args: unknown[]): unknown {
    const { socket, req } = this as ServerResponse;
    if (socket !== null) return Reflect.apply(original, this, args);
    const callback = args.at(-1);
    const context = contextOf(req, tracing);
    if (typeof callback !== 'function' || context === undefined) return Reflect.apply(original, this, args);
    const bound = function (this: unknown, ...given: unknown[]): unknown {
      return tracing.contexts.run(context, callMethod, callback as Method, this, given);
    };
    return Reflect.apply(original, this, [...args.slice(0, -1), bound]);
  };
}

/** Undefined for what clients receive, which is of the same class as requests, and for what nobody traces. */
function contextOf(request: IncomingMessage | undefined, { leftOut }: RequestTracing): object | undefined {
  const exchange = exchangeOf(request);
  if (exchange !== undefined) return exchange.trace?.context;
  return request !== undefined && isAnnounced(request) ? leftOut : undefined;
}

/** Whether a context is in force already, or nobody is there to find out. */
function isNeedless(
  context: object | undefined,
  { contexts }: RequestTracing,
  emitter: EventEmitter,
  event: unknown,
): context is undefined {
  return (
    context === undefined ||
    contexts.getStore() === context ||
    listenerCount.call(emitter, event as string) === 0
  );
}
