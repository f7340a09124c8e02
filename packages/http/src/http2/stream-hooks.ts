import type { ServerHttp2Stream } from 'node:http2';
import { exchangeOf } from '../exchange.ts';
import { type Method, patchMethod } from '../patch-method.ts';

/**
 * Hears how streams go, through the methods of their prototype, as `hearResponses` does of responses. Node does not
 * export their class: its prototype is found at the first stream.
 */
export class StreamHooks {
  readonly #onClose: (stream: ServerHttp2Stream) => void;
  readonly #patched = new Set<object>();
  readonly #undo: (() => void)[] = [];

  /** @param onClose a stream has closed. It may be any stream of a server in this process */
  constructor(onClose: (stream: ServerHttp2Stream) => void) {
    this.#onClose = onClose;
  }

  /** Hears all streams of this one's kind from now on. */
  hear(stream: ServerHttp2Stream): void {
    const prototype: unknown = Object.getPrototypeOf(stream);
    if (typeof prototype !== 'object' || prototype === null || this.#patched.has(prototype)) return;
    this.#patched.add(prototype);
    this.#undo.push(
      patchMethod(prototype, 'emit', (original) => this.#hearingClose(original)),
      patchMethod(prototype, 'respond', notingHeadersSent),
      patchMethod(prototype, 'end', notingBodyWritten),
      patchMethod(prototype, 'respondWithFD', notingFile),
      patchMethod(prototype, 'respondWithFile', notingFile),
    );
  }

  undo(): void {
    for (const undoOne of this.#undo.splice(0).reverse()) undoOne();
    this.#patched.clear();
  }

  #hearingClose(original: Method): Method {
    const hooks = this;
    return function emit(this: unknown, ...args: unknown[]): unknown {
      if (args[0] === 'close') hooks.#onClose(this as ServerHttp2Stream);
      return Reflect.apply(original, this, args);
    };
  }
}

function notingHeadersSent(original: Method): Method {
  return function respond(this: unknown, ...args: unknown[]): unknown {
    const exchange = exchangeOf(this as object);
    if (exchange !== undefined) exchange.headersSentAt ??= performance.now();
    return Reflect.apply(original, this, args);
  };
}

const FILE = Symbol('tacho.file');

/** Whether the stream is answered with a file, which Node sends past the stream: that one has ended before it began. */
export function sendsFile(stream: ServerHttp2Stream & { [FILE]?: true }): boolean {
  return stream[FILE] === true;
}

function notingFile(original: Method): Method {
  return function respondWithFile(this: unknown, ...args: unknown[]): unknown {
    if (exchangeOf(this as object) !== undefined) (this as { [FILE]?: true })[FILE] = true;
    return Reflect.apply(original, this, args);
  };
}

function notingBodyWritten(original: Method): Method {
  return function end(this: unknown, ...args: unknown[]): unknown {
    const exchange = exchangeOf(this as object);
    if (exchange?.headersSentAt !== undefined) exchange.bodyWrittenAt ??= performance.now();
    return Reflect.apply(original, this, args);
  };
}
