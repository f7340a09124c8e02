import { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { callInContext } from './call-in-context.ts';
import { exchangeOf, isAnnounced } from './exchange.ts';
import { type Method, patchMethod } from './patch-method.ts';
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
    const context = neededContext(this as IncomingMessage, itself, args[0], tracing);
    return context === undefined
      ? Reflect.apply(original, this, args)
      : callInContext(tracing.contexts, context, original, this, args);
  };
}

function restoringForResponse(original: Method, tracing: RequestTracing): Method {
  return function emit(this: unknown, ...args: unknown[]): unknown {
    const context = neededContext(this as ServerResponse, requestOf, args[0], tracing);
    return context === undefined
      ? Reflect.apply(original, this, args)
      : callInContext(tracing.contexts, context, original, this, args);
  };
}

/**
 * A response that waits behind an earlier one of its connection is written out in that one's context: what is to be
 * called then is bound to its own.
 */
function bindingCallback(original: Method, tracing: RequestTracing): Method {
  return function write(this: unknown, ...args: unknown[]): unknown {
    const callback = args.at(-1);
    const context = contextOfQueued(this as ServerResponse, tracing);
    if (typeof callback !== 'function' || context === undefined) return Reflect.apply(original, this, args);
    const bound = function (this: unknown, ...given: unknown[]): unknown {
      return callInContext(tracing.contexts, context, callback as Method, this, given);
    };
    return Reflect.apply(original, this, [...args.slice(0, -1), bound]);
  };
}

const itself = (request: IncomingMessage): IncomingMessage => request;
const requestOf = ({ req }: ServerResponse): IncomingMessage | undefined => req;

/** Undefined for what clients receive, which is of the same class as requests, and for what nobody traces. */
function contextOf(request: IncomingMessage | undefined, { leftOut }: RequestTracing): object | undefined {
  const exchange = exchangeOf(request);
  if (exchange !== undefined) return exchange.trace?.context;
  return request && isAnnounced(request) ? leftOut : undefined;
}

// These run in calls and events of the application's own: nothing may come out of them.

/** Undefined for a response that does not wait. */
function contextOfQueued(response: ServerResponse, tracing: RequestTracing): object | undefined {
  try {
    return response.socket === null ? contextOf(response.req, tracing) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where there is none, where it is in force already, and where nobody is there to find out. */
function neededContext<Emitter extends EventEmitter>(
  emitter: Emitter,
  requestOf: (emitter: Emitter) => IncomingMessage | undefined,
  event: unknown,
  tracing: RequestTracing,
): object | undefined {
  try {
    const context = contextOf(requestOf(emitter), tracing);
    if (context === undefined || tracing.contexts.getStore() === context) return undefined;
    return listenerCount.call(emitter, event as string) === 0 ? undefined : context;
  } catch {
    return undefined;
  }
}
