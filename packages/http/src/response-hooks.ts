import type { AsyncLocalStorage } from 'node:async_hooks';
import { IncomingMessage, ServerResponse } from 'node:http';
import { type Exchange, exchangeOf } from './exchange.ts';
import { type Method, patchMethod } from './patch-method.ts';

export interface ResponseHooksOptions {
  /** What is active in the listeners of a request and of its response; undefined to leave that alone. */
  readonly contexts: AsyncLocalStorage<object> | undefined;
  /** The response of an exchange has closed, or its connection has. May be called again. */
  readonly onClose: (exchange: Exchange, response: ServerResponse) => void;
}

/**
 * Hears how responses go, and has each listener of a request or its response run in the request's context,
 * through one wrapper a method of the two prototypes. A listener costs nothing then, nor does a request that has
 * none: binding the listeners of each request to its context costs more than all else that tracing does.
 */
export class ResponseHooks {
  readonly #options: ResponseHooksOptions;

  constructor(options: ResponseHooksOptions) {
    this.#options = options;
  }

  /** @param isInForce false where a wrapper is left over that could not be undone. @returns undoes it */
  install(isInForce: () => boolean): () => void {
    const undo = [
      patchMethod(ServerResponse.prototype, 'emit', (original) => this.#hearResponse(original, isInForce)),
      patchMethod(ServerResponse.prototype, 'write', noteHeadersSent),
      patchMethod(ServerResponse.prototype, 'flushHeaders', noteHeadersSent),
      patchMethod(ServerResponse.prototype, 'end', noteBodyWritten),
    ];
    const { contexts } = this.#options;
    if (contexts !== undefined) {
      undo.push(patchMethod(IncomingMessage.prototype, 'emit', (original) => restoring(original, contexts)));
    }
    return () => {
      for (const undoOne of undo) undoOne();
    };
  }

  #hearResponse(original: Method, isInForce: () => boolean): Method {
    const { contexts, onClose } = this.#options;
    return function emit(this: unknown, ...args: unknown[]): unknown {
      const response = this as ServerResponse;
      const exchange = exchangeOf(response.req);
      if (exchange === undefined || !isInForce()) return Reflect.apply(original, this, args);
      if (args[0] === 'close') onClose(exchange, response);
      else if (args[0] === 'error') exchange.trace?.failed(args[1]);
      const context = exchange.trace?.context;
      if (contexts === undefined || context === undefined || contexts.getStore() === context)
        return Reflect.apply(original, this, args);
      return contexts.run(context, apply, original, this, args);
    };
  }
}

/** Runs the listeners of a request in its context. A request without one, or a client's, is left alone. */
function restoring(original: Method, contexts: AsyncLocalStorage<object>): Method {
  return function emit(this: unknown, ...args: unknown[]): unknown {
    const context = exchangeOf(this as IncomingMessage)?.trace?.context;
    if (context === undefined || contexts.getStore() === context) return Reflect.apply(original, this, args);
    return contexts.run(context, apply, original, this, args);
  };
}

function apply(method: Method, target: unknown, args: unknown[]): unknown {
  return Reflect.apply(method, target, args);
}

/**
 * Notes when the headers of a measured response left ahead of its end. `writeHead` is not the moment: it
 * keeps them back until there is a first byte to send with them.
 */
function noteHeadersSent(original: Method): Method {
  return function sendHeaders(this: unknown, ...args: unknown[]): unknown {
    const exchange = exchangeOf((this as ServerResponse).req);
    if (exchange !== undefined) exchange.headersSentAt ??= performance.now();
    return Reflect.apply(original, this, args);
  };
}

/** Notes when the application has written the whole of a body whose headers left ahead of it. */
function noteBodyWritten(original: Method): Method {
  return function end(this: unknown, ...args: unknown[]): unknown {
    const exchange = exchangeOf((this as ServerResponse).req);
    if (exchange?.headersSentAt !== undefined) exchange.bodyWrittenAt ??= performance.now();
    return Reflect.apply(original, this, args);
  };
}
