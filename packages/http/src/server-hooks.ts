import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { attachExchange, Exchange, type ExchangeEnd, exchangeOf, isAnnounced } from './exchange.ts';
import type { Exclusions } from './excluded.ts';
import { normalMethod } from './method.ts';
import { outcomeOf } from './outcome.ts';
import { type Method, patchMethod } from './patch-method.ts';
import { whenAbandoned } from './queued-response.ts';
import { RejectedRequests } from './rejected.ts';
import { requestPath } from './request-path.ts';
import { LoadedFrameworks } from './routes/loaded-frameworks.ts';
import { UrlTemplates } from './url-templates.ts';

const FAILED = 'failed to observe';

/** What the hooks are given by those who join the parts. None of the functions may throw. */
export interface ServerHooksOptions {
  readonly exclusions: Exclusions;
  /** @returns the pseudonym of the request's user, if it has one */
  readonly userOf: (request: http.IncomingMessage) => string | undefined;
  /** Called for each request that is seen and left out, with the name to count it under. */
  readonly notMeasured: (kind: string) => void;
  /** Called once for each exchange, when its response or its upgraded connection has closed. */
  readonly onEnd: (exchange: Exchange, end: ExchangeEnd) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Sees every request that reaches a server of this process, on `http.Server` and `https.Server`, whether
 * the server was made before or after: Node emits each request through the prototype's `emit`.
 */
export class ServerHooks {
  readonly #options: ServerHooksOptions;
  readonly #templates = new UrlTemplates();
  readonly #frameworks = new LoadedFrameworks();
  readonly #rejected: RejectedRequests;
  readonly #seenServers = new WeakSet<http.Server>();
  #undo: (() => void)[] = [];
  /** Stands for the installation in force, so that a wrapper left over from an earlier one keeps still. */
  #installation: object | undefined;

  constructor(options: ServerHooksOptions) {
    this.#options = options;
    this.#rejected = new RejectedRequests((status, server) => {
      if (!options.exclusions.isOwn(server)) options.notMeasured(`rejected ${status}`);
    });
  }

  /** Install after an instrumentation that wraps the same method, so that exchanges exist before its spans. */
  install(): void {
    const installation = {};
    this.#installation = installation;
    const emit = (original: Method): Method => this.#hearEvents(original, installation);
    this.#undo = [
      patchMethod(http.Server.prototype, 'emit', emit),
      patchMethod(https.Server.prototype, 'emit', emit),
      patchMethod(http.ServerResponse.prototype, 'write', noteHeadersSent),
      patchMethod(http.ServerResponse.prototype, 'flushHeaders', noteHeadersSent),
      patchMethod(http.ServerResponse.prototype, 'end', noteBodyWritten),
    ];
    this.#rejected.watch();
    this.#frameworks.look();
  }

  uninstall(): void {
    this.#installation = undefined;
    for (const undo of this.#undo.splice(0)) undo();
    this.#rejected.unwatch();
    this.#frameworks.forget();
  }

  /** Brings the counts of what was left out up to date. */
  settle(): void {
    this.#rejected.settle();
  }

  #hearEvents(original: Method, installation: object): Method {
    const hooks = this;
    return function emit(this: unknown, ...args: unknown[]): unknown {
      if (hooks.#installation === installation) hooks.#heard(this as http.Server, args);
      return Reflect.apply(original, this, args);
    };
  }

  /** Runs inside the application's own call: nothing may come out of it. */
  #heard(server: http.Server, args: readonly unknown[]): void {
    try {
      this.#dispatch(server, args[0], args[1], args[2]);
    } catch {
      this.#options.notMeasured(FAILED);
    }
  }

  #dispatch(server: http.Server, event: unknown, first: unknown, second: unknown): void {
    switch (event) {
      case 'request':
      case 'checkContinue':
      case 'checkExpectation':
        this.#rejected.dispatched();
        this.#begin(server, first as http.IncomingMessage, second as http.ServerResponse);
        break;
      case 'upgrade':
      case 'connect':
        this.#beginConversation(server, first as http.IncomingMessage, second as Duplex);
        break;
      case 'clientError':
        this.#rejected.parserRefused(first, second, server);
        break;
    }
  }

  #begin(server: http.Server, request: http.IncomingMessage, response: http.ServerResponse): void {
    const path = requestPath(request.url);
    const exchange = this.#admit(server, request, path);
    if (exchange === undefined) return;
    response.once('close', () => this.#finish(exchange, request, path, response));
    whenAbandoned(response, () => this.#finish(exchange, request, path, response, false));
  }

  /** An upgraded or tunnelled connection: a conversation, whose length says nothing about speed. */
  #beginConversation(server: http.Server, request: http.IncomingMessage, socket: Duplex): void {
    const path = request.method === 'CONNECT' ? '*' : requestPath(request.url);
    const exchange = this.#admit(server, request, path);
    if (exchange === undefined) return;
    socket.once('close', () => this.#finish(exchange, request, path, undefined));
  }

  /**
   * Runs in an event of the application's own: nothing may come out of it.
   * @param response undefined for a conversation
   * @param closed whether the response has told of its end, to the instrumentation as well
   */
  #finish(
    exchange: Exchange,
    request: http.IncomingMessage,
    path: string,
    response: http.ServerResponse | undefined,
    closed = true,
  ): void {
    if (this.#installation === undefined || exchange.end !== undefined) return;
    try {
      const now = performance.now();
      const status = response?.statusCode ?? (exchange.method === 'CONNECT' ? 200 : 101);
      exchange.end = {
        outcome: response === undefined ? 'streamed' : outcomeOf(response, exchange, now),
        status,
        route: exchange.routeOf(path, status, this.#templates),
        durationMs: now - exchange.startedAt,
        user: this.#options.userOf(request),
        closed,
      };
      exchange.whenRouted = undefined;
      this.#options.onEnd(exchange, exchange.end);
    } catch {
      this.#options.notMeasured(FAILED);
    }
  }

  /** @returns a new exchange, or undefined when the request is left out or was announced before */
  #admit(server: http.Server, request: http.IncomingMessage, path: string): Exchange | undefined {
    // `checkContinue` handlers pass the same request on as `request`.
    if (isAnnounced(request)) return undefined;
    const kind = this.#options.exclusions.kindOf(server, path);
    if (kind !== undefined) {
      attachExchange(request, undefined);
      this.#options.notMeasured(kind);
      return undefined;
    }
    if (!this.#seenServers.has(server)) {
      this.#seenServers.add(server);
      this.#frameworks.look();
    }
    const exchange = new Exchange(normalMethod(request.method), this.#options.now(), performance.now());
    attachExchange(request, exchange);
    return exchange;
  }
}

/**
 * Notes when the headers of a measured response left ahead of its end. `writeHead` is not the moment: it
 * keeps them back until there is a first byte to send with them.
 */
function noteHeadersSent(original: Method): Method {
  return function sendHeaders(this: unknown, ...args: unknown[]): unknown {
    const exchange = exchangeOf((this as http.ServerResponse).req);
    if (exchange !== undefined) exchange.headersSentAt ??= performance.now();
    return Reflect.apply(original, this, args);
  };
}

/** Notes when the application has written the whole of a body whose headers left ahead of it. */
function noteBodyWritten(original: Method): Method {
  return function end(this: unknown, ...args: unknown[]): unknown {
    const exchange = exchangeOf((this as http.ServerResponse).req);
    if (exchange?.headersSentAt !== undefined) exchange.bodyWrittenAt ??= performance.now();
    return Reflect.apply(original, this, args);
  };
}
