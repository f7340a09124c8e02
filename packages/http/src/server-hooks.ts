import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { EpochClock } from './epoch-clock.ts';
import { attachExchange, Exchange, exchangeOf, isAnnounced } from './exchange.ts';
import type { Exclusions } from './excluded.ts';
import { keepListenerContexts } from './listener-contexts.ts';
import { normalMethod } from './method.ts';
import { outcomeOf } from './outcome.ts';
import { callMethod, type Method, patchMethod } from './patch-method.ts';
import { whenAbandoned } from './queued-response.ts';
import { RejectedRequests } from './rejected.ts';
import { requestPath } from './request-path.ts';
import type { RequestTrace } from './request-trace.ts';
import type { RequestTracing } from './request-tracing.ts';
import { hearResponses } from './response-hooks.ts';
import { LoadedFrameworks } from './routes/loaded-frameworks.ts';
import { UrlTemplates } from './url-templates.ts';

const FAILED = 'failed to observe';
const UNTRACED = 'failed to trace';

/** What the hooks are given by those who join the parts. None of the functions may throw. */
export interface ServerHooksOptions {
  readonly exclusions: Exclusions;
  /**
   * @param named the user's name, as far as the application has told the trace
   * @returns the pseudonym of the request's user, if it has one
   */
  readonly userOf: (request: http.IncomingMessage, named: string | undefined) => string | undefined;
  /** Called for each request that is seen and left out, with the name to count it under. */
  readonly notMeasured: (kind: string) => void;
  /** Called once for each exchange, when its response or its upgraded connection has closed. */
  readonly onEnd: (exchange: Exchange, request: http.IncomingMessage) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Undefined where requests are not traced by us. */
  readonly tracing: RequestTracing | undefined;
}

/**
 * Sees every request that reaches a server of this process, on `http.Server` and `https.Server`, whether
 * the server was made before or after: Node emits each request through the prototype's `emit`, and each end of
 * a response through that of its own.
 */
export class ServerHooks {
  readonly #options: ServerHooksOptions;
  readonly #templates = new UrlTemplates();
  readonly #frameworks = new LoadedFrameworks();
  readonly #rejected: RejectedRequests;
  /** Marks the servers that have had a request. */
  readonly #met = Symbol('tacho.met');
  readonly #epoch: EpochClock;
  #undo: (() => void)[] = [];
  /** Stands for the installation in force, so that a wrapper left over from an earlier one keeps still. */
  #installation: object | undefined;

  constructor(options: ServerHooksOptions) {
    this.#options = options;
    this.#epoch = new EpochClock(options.now);
    this.#rejected = new RejectedRequests((status, server) => {
      if (!options.exclusions.isOwn(server)) options.notMeasured(`rejected ${status}`);
    });
  }

  /** Install after an instrumentation that wraps the same method, so that exchanges exist before its spans. */
  install(): void {
    const installation = {};
    this.#installation = installation;
    const hear = (original: Method): Method => this.#hearEvents(original, installation);
    const { tracing } = this.#options;
    const isInForce = (): boolean => this.#installation === installation;
    this.#undo = [
      patchMethod(http.Server.prototype, 'emit', hear),
      patchMethod(https.Server.prototype, 'emit', hear),
      tracing === undefined ? () => {} : keepListenerContexts(tracing),
      // Around the contexts, so that an exchange has ended before any listener hears of it.
      hearResponses((response) => this.#closed(response), isInForce),
    ];
    this.#frameworks.hear();
  }

  uninstall(): void {
    this.#installation = undefined;
    for (const undo of this.#undo.splice(0).reverse()) undo();
    this.#frameworks.forget();
  }

  #hearEvents(original: Method, installation: object): Method {
    const hooks = this;
    return function emit(this: unknown, ...args: unknown[]): unknown {
      if (hooks.#installation !== installation) return Reflect.apply(original, this, args);
      const server = this as http.Server;
      hooks.#heard(server, args);
      if (args[0] !== 'request') return Reflect.apply(original, this, args);
      return hooks.#handle(original, server, args);
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
        this.#begin(server, first as http.IncomingMessage, second as http.ServerResponse);
        break;
      case 'upgrade':
      case 'connect':
        this.#beginConversation(server, first as http.IncomingMessage, second as Duplex);
        break;
      case 'connection':
      case 'secureConnection':
        this.#rejected.connected(first);
        break;
      case 'clientError':
        this.#rejected.parserRefused(first, second, server);
        break;
    }
  }

  /** Lets the application handle the request, in its context where it is traced. */
  #handle(original: Method, server: http.Server, args: unknown[]): unknown {
    const { tracing } = this.#options;
    const request = args[1] as http.IncomingMessage;
    const exchange = exchangeOf(request);
    // One that has a trace was handed on by another server.
    if (tracing === undefined || exchange?.trace !== undefined) return Reflect.apply(original, server, args);
    if (exchange === undefined)
      return tracing.contexts.run(tracing.leftOut, callMethod, original, server, args);
    const trace = this.#trace(tracing, exchange, request);
    if (trace === undefined) return Reflect.apply(original, server, args);
    try {
      return tracing.contexts.run(trace.context, callMethod, original, server, args);
    } catch (error) {
      trace.failed(error);
      throw error;
    }
  }

  /** Runs in an event of the application's own: nothing may come out of it. */
  #closed(response: http.ServerResponse): void {
    const { req: request } = response as { req?: http.IncomingMessage };
    const exchange = exchangeOf(request);
    if (exchange !== undefined && request !== undefined) this.#finish(exchange, request, response);
    else if (request?.socket && !isAnnounced(request)) this.#rejected.answered(response);
  }

  #trace(
    tracing: RequestTracing,
    exchange: Exchange,
    request: http.IncomingMessage,
  ): RequestTrace | undefined {
    try {
      exchange.trace = tracing.begin(exchange, request);
    } catch {
      this.#options.notMeasured(UNTRACED);
    }
    return exchange.trace;
  }

  #begin(server: http.Server, request: http.IncomingMessage, response: http.ServerResponse): void {
    const exchange = this.#admit(server, request, requestPath(request.url));
    if (exchange === undefined) return;
    whenAbandoned(response, () => {
      exchange.isAbandoned = true;
      this.#finish(exchange, request, response);
    });
  }

  /** An upgraded or tunnelled connection: a conversation, whose length says nothing about speed. */
  #beginConversation(server: http.Server, request: http.IncomingMessage, socket: Duplex): void {
    const path = request.method === 'CONNECT' ? '*' : requestPath(request.url);
    const exchange = this.#admit(server, request, path);
    if (exchange !== undefined) socket.once('close', () => this.#finish(exchange, request, undefined));
  }

  /**
   * Runs in an event of the application's own: nothing may come out of it.
   * @param response undefined for a conversation
   */
  #finish(
    exchange: Exchange,
    request: http.IncomingMessage,
    response: http.ServerResponse | undefined,
  ): void {
    if (this.#installation === undefined || exchange.outcome !== undefined) return;
    try {
      const now = performance.now();
      exchange.status = response?.statusCode ?? (exchange.method === 'CONNECT' ? 200 : 101);
      exchange.route = exchange.routeOf(this.#templates);
      exchange.durationMs = now - exchange.startedAt;
      exchange.user = this.#options.userOf(request, exchange.trace?.user);
      exchange.whenRouted = undefined;
      exchange.outcome = response === undefined ? 'streamed' : outcomeOf(response, exchange, now);
      this.#options.onEnd(exchange, request);
      if (response !== undefined) exchange.trace?.ended(response);
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
    const marks = server as http.Server & { [met: symbol]: true | undefined };
    if (marks[this.#met] === undefined) {
      marks[this.#met] = true;
      this.#frameworks.look();
    }
    const startedAt = performance.now();
    const exchange = new Exchange(normalMethod(request.method), path, this.#epoch.at(startedAt), startedAt);
    attachExchange(request, exchange);
    return exchange;
  }
}
