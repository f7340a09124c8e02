import { ServerResponse } from 'node:http';
import { exchangeOf } from './exchange.ts';
import { type Method, patchMethod } from './patch-method.ts';

/**
 * Hears how responses go, through the methods of their prototype.
 *
 * @param onClose a response has closed, or its connection has. It may be any response of this process
 * @param isInForce false where a wrapper is left over that could not be undone
 * @returns undoes it
 */
export function hearResponses(
  onClose: (response: ServerResponse) => void,
  isInForce: () => boolean,
): () => void {
  const hearing = (original: Method): Method =>
    function emit(this: unknown, ...args: unknown[]): unknown {
      try {
        if (args[0] === 'close' && isInForce()) onClose(this as ServerResponse);
        else if (args[0] === 'error') exchangeOf((this as ServerResponse).req)?.trace?.failed(args[1]);
      } catch {
        // Runs in an event of the application's own: nothing may come out of it.
      }
      return Reflect.apply(original, this, args);
    };
  const undo = [
    patchMethod(ServerResponse.prototype, 'emit', hearing),
    patchMethod(ServerResponse.prototype, 'write', notingHeadersSent),
    patchMethod(ServerResponse.prototype, 'flushHeaders', notingHeadersSent),
    patchMethod(ServerResponse.prototype, 'end', notingBodyWritten),
  ];
  return () => {
    for (const undoOne of undo) undoOne();
  };
}

/**
 * Notes when the headers of a measured response left ahead of its end. `writeHead` is not the moment: it
 * keeps them back until there is a first byte to send with them.
 */
function notingHeadersSent(original: Method): Method {
  return function sendHeaders(this: unknown, ...args: unknown[]): unknown {
    try {
      const exchange = exchangeOf((this as ServerResponse).req);
      if (exchange !== undefined) exchange.headersSentAt ??= performance.now();
    } catch {
      // It is taken for sent in one.
    }
    return Reflect.apply(original, this, args);
  };
}

/** Notes when the application has written the whole of a body whose headers left ahead of it. */
function notingBodyWritten(original: Method): Method {
  return function end(this: unknown, ...args: unknown[]): unknown {
    try {
      const exchange = exchangeOf((this as ServerResponse).req);
      if (exchange?.headersSentAt !== undefined) exchange.bodyWrittenAt ??= performance.now();
    } catch {
      // It is taken for written when the response closes.
    }
    return Reflect.apply(original, this, args);
  };
}
