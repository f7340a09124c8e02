import type { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { exchangeOf } from './exchange.ts';
import { type Method, patchMethod } from './patch-method.ts';

export interface ResponseHooksOptions {
  /** What is active in the listeners of a request and of its response; undefined to leave that alone. */
  readonly contexts: AsyncLocalStorage<object> | undefined;
  /** A response has closed, or its connection has. It may be any response of this process. */
  readonly onClose: (response: ServerResponse) => void;
}

/**
 * Hears how responses go, and has each listener of a request or its response run in the request's context,
 * through one wrapper a method of the two prototypes. A listener costs nothing then, nor does a request that has
 * none: binding the listeners of each request to its context costs more than all else that tracing does.
 *
 * @param isInForce false where a wrapper is left over that could not be undone
 * @returns undoes it
 */
export function hookResponses(options: ResponseHooksOptions, isInForce: () => boolean): () => void {
  const { contexts, onClose } = options;
  const hearing = (original: Method): Method =>
    function emit(this: unknown, ...args: unknown[]): unknown {
      if (args[0] === 'close' && isInForce()) onClose(this as ServerResponse);
      else if (args[0] === 'error') exchangeOf((this as ServerResponse).req)?.trace?.failed(args[1]);
      return Reflect.apply(original, this, args);
    };
  const undo = [
    patchMethod(ServerResponse.prototype, 'write', notingHeadersSent),
    patchMethod(ServerResponse.prototype, 'flushHeaders', notingHeadersSent),
    patchMethod(ServerResponse.prototype, 'end', notingBodyWritten),
    // Innermost the context, so that an exchange has ended before any listener hears of it.
    patchMethod(ServerResponse.prototype, 'emit', (original) =>
      hearing(contexts === undefined ? original : restoringForResponse(original, contexts)),
    ),
  ];
  if (contexts !== undefined)
    undo.push(
      patchMethod(IncomingMessage.prototype, 'emit', (original) => restoringForRequest(original, contexts)),
    );
  return () => {
    for (const undoOne of undo) undoOne();
  };
}

// Twice the same, since a function that is called for objects of both kinds is slow for either.

/** Runs a response's listeners in the context of its request, where that has one. */
function restoringForResponse(original: Method, contexts: AsyncLocalStorage<object>): Method {
  return function emit(this: unknown, ...args: unknown[]): unknown {
    const context = exchangeOf((this as ServerResponse).req)?.trace?.context;
    return isNeedless(context, contexts, this as ServerResponse, args[0])
      ? Reflect.apply(original, this, args)
      : contexts.run(context, apply, original, this, args);
  };
}

/** Runs a request's listeners in its context, where it has one. What clients receive is of the same class, and has none. */
function restoringForRequest(original: Method, contexts: AsyncLocalStorage<object>): Method {
  return function emit(this: unknown, ...args: unknown[]): unknown {
    const context = exchangeOf(this as IncomingMessage)?.trace?.context;
    return isNeedless(context, contexts, this as IncomingMessage, args[0])
      ? Reflect.apply(original, this, args)
      : contexts.run(context, apply, original, this, args);
  };
}

/** Whether a context is in force already, or nobody is there to find out. */
function isNeedless(
  context: object | undefined,
  contexts: AsyncLocalStorage<object>,
  emitter: EventEmitter,
  event: unknown,
): context is undefined {
  return (
    context === undefined || contexts.getStore() === context || emitter.listenerCount(event as string) === 0
  );
}

function apply(method: Method, target: unknown, args: unknown[]): unknown {
  return Reflect.apply(method, target, args);
}

/**
 * Notes when the headers of a measured response left ahead of its end. `writeHead` is not the moment: it
 * keeps them back until there is a first byte to send with them.
 */
function notingHeadersSent(original: Method): Method {
  return function sendHeaders(this: unknown, ...args: unknown[]): unknown {
    const exchange = exchangeOf((this as ServerResponse).req);
    if (exchange !== undefined) exchange.headersSentAt ??= performance.now();
    return Reflect.apply(original, this, args);
  };
}

/** Notes when the application has written the whole of a body whose headers left ahead of it. */
function notingBodyWritten(original: Method): Method {
  return function end(this: unknown, ...args: unknown[]): unknown {
    const exchange = exchangeOf((this as ServerResponse).req);
    if (exchange?.headersSentAt !== undefined) exchange.bodyWrittenAt ??= performance.now();
    return Reflect.apply(original, this, args);
  };
}
