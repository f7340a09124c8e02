import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { EpochClock } from './epoch-clock.ts';
import { attachExchange, Exchange, exchangeOf, isAnnounced } from './exchange.ts';
import type { Exclusions } from './excluded.ts';
import { normalMethod } from './method.ts';
import { outcomeOf } from './outcome.ts';
import { whenAbandoned } from './queued-response.ts';
import { requestPath } from './request-path.ts';
import { UrlTemplates } from './url-templates.ts';

/** What is counted when something of ours has failed at a request. */
const FAILED = 'failed to observe';

/** None of the functions may throw. */
export interface ExchangesOptions {
  readonly exclusions: Exclusions;
  /**
   * @param named the user's name, as far as the application has told the trace
   * @returns the pseudonym of the request's user, if it has one
   */
  readonly userOf: (request: IncomingMessage, named: string | undefined) => string | undefined;
  /** Called for each request that is seen and left out, with the name to count it under. */
  readonly notMeasured: (kind: string) => void;
  /** Called once for each exchange, when its response or its upgraded connection has closed. */
  readonly onEnd: (exchange: Exchange, request: IncomingMessage) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Begins an exchange for each request that is to be measured, and ends it, once. */
export class Exchanges {
  /** While it is false no exchange ends. */
  isCounting = false;
  readonly #options: ExchangesOptions;
  readonly #templates = new UrlTemplates();
  readonly #epoch: EpochClock;

  constructor(options: ExchangesOptions) {
    this.#options = options;
    this.#epoch = new EpochClock(options.now);
  }

  begin(request: IncomingMessage, response: ServerResponse): void {
    const exchange = this.admit(request, request.method, requestPath(request.url));
    if (exchange === undefined) return;
    try {
      whenAbandoned(response, () => {
        if (exchangeOf(request) !== exchange) return;
        exchange.isAbandoned = true;
        this.end(exchange, request, response);
      });
    } catch {
      // It has begun, and ends with its response: only one that is abandoned may not.
    }
  }

  /** An upgraded or tunnelled connection: a conversation, whose length says nothing about speed. */
  beginConversation(request: IncomingMessage, socket: Duplex): void {
    const path = request.method === 'CONNECT' ? '*' : requestPath(request.url);
    const exchange = this.admit(request, request.method, path);
    if (exchange === undefined) return;
    const before = bytesWrittenTo(socket);
    socket.once('close', () => {
      // Whether it was a welcome, only the two ends know.
      exchange.isAnswered = bytesWrittenTo(socket) > before;
      this.end(exchange, request, undefined);
    });
  }

  /**
   * Runs in an event of the application's own: nothing may come out of it.
   * @param response undefined for a conversation
   */
  end(exchange: Exchange, request: IncomingMessage, response: ServerResponse | undefined): void {
    if (!this.isCounting || exchange.outcome !== undefined) return;
    try {
      const now = performance.now();
      exchange.status = response?.statusCode ?? (exchange.method === 'CONNECT' ? 200 : 101);
      if (response !== undefined) exchange.isAnswered = response.headersSent;
      exchange.durationMs = now - exchange.startedAt;
      exchange.outcome = response === undefined ? 'streamed' : outcomeOf(response, exchange, now);
      this.conclude(exchange, request, request);
      if (response !== undefined) exchange.trace?.ended(response);
    } catch {
      // Once.
      exchange.outcome ??= 'aborted';
      this.failed();
    }
  }

  /**
   * Forgets a request that is under way: it is left out after all, and counted under `kind`. May throw.
   * @returns its exchange, which never ends; undefined where there is none, or where it is over
   */
  leaveOut(request: object, kind: string): Exchange | undefined {
    const exchange = exchangeOf(request);
    if (!this.isCounting || exchange === undefined || exchange.outcome !== undefined) return undefined;
    attachExchange(request, undefined);
    exchange.whenRouted = undefined;
    this.#options.notMeasured(kind);
    return exchange;
  }

  /** Counts a request that something of ours has failed at. */
  failed(): void {
    this.#options.notMeasured(FAILED);
  }

  /**
   * Tells of an exchange whose status, outcome and duration are known. May throw.
   * @param asked the request as the application was given it, if that is another object
   */
  conclude(exchange: Exchange, asked: IncomingMessage, request: IncomingMessage): void {
    exchange.route = exchange.routeOf(this.#templates);
    exchange.user = this.#options.userOf(asked, exchange.trace?.user);
    exchange.whenRouted = undefined;
    this.#options.onEnd(exchange, request);
  }

  /** @returns a new exchange, or undefined when the request is left out or was announced before */
  admit(request: object, method: string | undefined, path: string): Exchange | undefined {
    // `checkContinue` handlers pass the same request on as `request`.
    if (isAnnounced(request)) return undefined;
    const kind = this.#options.exclusions.kindOf(path);
    if (kind !== undefined) {
      attachExchange(request, undefined);
      this.#options.notMeasured(kind);
      return undefined;
    }
    const startedAt = performance.now();
    const exchange = new Exchange(normalMethod(method), path, this.#epoch.at(startedAt), startedAt);
    attachExchange(request, exchange);
    return exchange;
  }
}

/** Any stream may be given to a server as a connection; of one that does not count, nothing is known. */
function bytesWrittenTo(socket: Duplex & { readonly bytesWritten?: number }): number {
  return socket.bytesWritten ?? 0;
}
