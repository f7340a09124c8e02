import http from 'node:http';
import https from 'node:https';
import net, { type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { exchangeOf, isAnnounced } from './exchange.ts';
import { takeInHand } from './exchange-in-hand.ts';
import { Exchanges, type ExchangesOptions } from './exchanges.ts';
import { hideServer, isHidden } from './hidden-server.ts';
import { Http2Servers } from './http2/http2-servers.ts';
import { keepListenerContexts } from './listener-contexts.ts';
import { type Method, patchMethod } from './patch-method.ts';
import { RejectedRequests } from './rejected.ts';
import type { Tracing } from './request-tracing.ts';
import { hearResponses } from './response-hooks.ts';
import { LoadedFrameworks } from './routes/loaded-frameworks.ts';
import { TracedRequests } from './traced-requests.ts';
import { hearTracesOfOthers } from './traces-of-others.ts';

const UNTRACED = 'failed to trace';
/** What requests that we answer are counted under. */
const OWN_REQUEST = 'admin-api';

/** Events that a server has only once it listens. */
const SERVING: ReadonlySet<unknown> = new Set([
  'listening',
  'connection',
  'secureConnection',
  'request',
  'checkContinue',
  'checkExpectation',
  'upgrade',
  'connect',
  'stream',
]);

/** What the hooks are given by those who join the parts. None of the functions may throw. */
export interface ServerHooksOptions extends ExchangesOptions {
  /** Called once, when the first server of the application is seen to serve: who traces from there on. */
  readonly attach: () => Tracing | undefined;
}

/**
 * Sees every request that reaches a server of this process, on `http.Server`, `https.Server` and the servers of
 * HTTP/2, whether the server was made before or after: Node emits each request through the prototype's `emit`, and
 * each end of a response through that of its own.
 */
export class ServerHooks {
  readonly #options: ServerHooksOptions;
  readonly #exchanges: Exchanges;
  readonly #http2: Http2Servers;
  readonly #frameworks = new LoadedFrameworks();
  readonly #rejected: RejectedRequests;
  /** Marks the servers that have had a request. */
  readonly #met = Symbol('tacho.met');
  #undo: (() => void)[] = [];
  /** Stands for the installation in force, so that a wrapper left over from an earlier one keeps still. */
  #installation: object | undefined;
  #isAttached = false;
  #traced: TracedRequests | undefined;
  #leaveOutTrace: Tracing['leaveOut'];

  constructor(options: ServerHooksOptions) {
    this.#options = options;
    this.#exchanges = new Exchanges(options);
    this.#http2 = new Http2Servers(this.#exchanges);
    this.#rejected = new RejectedRequests((status, server) => {
      if (!isHidden(server)) options.notMeasured(`rejected ${status}`);
    });
  }

  install(): void {
    this.#exchanges.isCounting = true;
    this.#patch(undefined);
    this.#frameworks.hear();
  }

  uninstall(): void {
    this.#exchanges.isCounting = false;
    this.#unpatch();
    this.#http2.forget();
    this.#frameworks.forget();
  }

  /** Leaves a server of our own out of the statistics, and out of sight of everybody else. */
  hide(server: Server): void {
    hideServer(server, () => this.#options.notMeasured(OWN_REQUEST));
  }

  /**
   * Leaves a request out of the statistics that a server of the application's has been sent and we are to answer: as
   * if it had come to a server of our own. To be called before it is answered. Never throws.
   */
  leaveOut(request: http.IncomingMessage): void {
    try {
      const exchange = this.#exchanges.leaveOut(request, OWN_REQUEST);
      if (exchange === undefined) return;
      this.#http2.leaveOut(request);
      this.#leaveOutTrace?.(exchange);
    } catch {
      this.#exchanges.failed();
    }
  }

  #patch(tracing: Tracing | undefined): void {
    const installation = {};
    this.#installation = installation;
    this.#traced = tracing?.own && new TracedRequests(tracing.own, () => this.#options.notMeasured(UNTRACED));
    this.#leaveOutTrace = tracing?.leaveOut;
    const isInForce = (): boolean => this.#installation === installation;
    const hear = (prototype: object) => (original: Method) =>
      this.#hearEvents(prototype, original, installation);
    this.#undo = [
      ...[http.Server.prototype, https.Server.prototype].map((prototype) =>
        patchMethod(prototype, 'emit', hear(prototype)),
      ),
      tracing?.own === undefined ? () => {} : keepListenerContexts(tracing.own),
      tracing?.others === undefined ? () => {} : hearTracesOfOthers(tracing.others),
      // Around the contexts, so that an exchange has ended before any listener hears of it.
      hearResponses((response) => this.#closed(response), isInForce),
      this.#http2.install(hear(net.Server.prototype)),
    ];
  }

  #unpatch(): void {
    this.#installation = undefined;
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }

  /** Patches anew, around what tracing has wrapped meanwhile, so that exchanges exist before its spans. */
  #attach(): void {
    this.#isAttached = true;
    const installation = this.#installation;
    try {
      this.#unpatch();
      this.#patch(this.#tracingNow());
      this.#frameworks.look();
    } catch {
      // What can't be patched anew stays as it was patched first.
      this.#installation = installation;
      this.#options.notMeasured(UNTRACED);
    }
  }

  #tracingNow(): Tracing | undefined {
    try {
      return this.#options.attach();
    } catch {
      this.#options.notMeasured(UNTRACED);
      return undefined;
    }
  }

  #hearEvents(prototype: object, original: Method, installation: object): Method {
    const hooks = this;
    return function emit(this: unknown, ...args: unknown[]): unknown {
      if (hooks.#installation !== installation) return Reflect.apply(original, this, args);
      const server = this as http.Server;
      if (!hooks.#isAttached && SERVING.has(args[0])) {
        hooks.#attach();
        return Reflect.apply(Reflect.get(prototype, 'emit') as Method, server, args);
      }
      hooks.#heard(server, args);
      const isRequest = args[0] === 'request';
      if (!isRequest && args[0] !== 'upgrade') return Reflect.apply(original, this, args);
      const before = takeInHand(exchangeOf(args[1] as http.IncomingMessage));
      try {
        return isRequest && hooks.#traced !== undefined
          ? hooks.#traced.handle(original, server, args)
          : Reflect.apply(original, this, args);
      } finally {
        takeInHand(before);
      }
    };
  }

  /** Runs inside the application's own call: nothing may come out of it. */
  #heard(server: http.Server, args: readonly unknown[]): void {
    try {
      this.#dispatch(server, args[0], args[1], args[2]);
    } catch {
      this.#exchanges.failed();
    }
  }

  #dispatch(server: http.Server, event: unknown, first: unknown, second: unknown): void {
    switch (event) {
      case 'request':
      case 'checkContinue':
      case 'checkExpectation':
        this.#meet(server);
        this.#exchanges.begin(first as http.IncomingMessage, second as http.ServerResponse);
        break;
      case 'stream':
        this.#meet(server);
        this.#http2.begin(first, second);
        break;
      case 'upgrade':
      case 'connect':
        this.#exchanges.beginConversation(first as http.IncomingMessage, second as Duplex);
        break;
      case 'connection':
      case 'secureConnection':
        this.#rejected.connected(first);
        break;
      case 'listening':
        this.#frameworks.look(server);
        break;
      case 'clientError':
        this.#rejected.parserRefused(first, second, server);
        break;
    }
  }

  /** At its first request, a server's application has loaded what it needs. */
  #meet(server: http.Server): void {
    const marks = server as http.Server & { [met: symbol]: true | undefined };
    if (marks[this.#met] !== undefined) return;
    try {
      marks[this.#met] = true;
      this.#frameworks.look(server);
    } catch {
      // Without its templates, requests are counted under those learned from their URLs.
    }
  }

  /** Runs in an event of the application's own: nothing may come out of it. */
  #closed(response: http.ServerResponse): void {
    const { req: request } = response as { req?: http.IncomingMessage };
    const exchange = exchangeOf(request);
    if (exchange !== undefined && request !== undefined) this.#exchanges.end(exchange, request, response);
    else if (request?.socket && !isAnnounced(request)) this.#rejected.answered(response);
  }
}
