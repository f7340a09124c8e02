import { IncomingMessage } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import { Server } from 'node:net';
import { attachExchange, exchangeOf } from '../exchange.ts';
import type { Exchanges } from '../exchanges.ts';
import { type Method, patchMethod } from '../patch-method.ts';
import { StreamHooks } from './stream-hooks.ts';
import { sentStatus, streamOutcomeOf } from './stream-outcome.ts';
import { type StreamHeaders, StreamRequest, streamPath } from './stream-request.ts';

const REQUEST = Symbol('tacho.request');
const ASKED = Symbol('tacho.asked');

/** What is kept with a stream, until it has closed. */
interface MarkedStream {
  [REQUEST]?: StreamRequest | undefined;
  /** The request that Node makes of the stream for an application that listens for `request`. */
  [ASKED]?: object | undefined;
}

type Stream = ServerHttp2Stream & MarkedStream;

/** Events that hand the application a request. */
const REQUEST_EVENTS: ReadonlySet<unknown> = new Set([
  'request',
  'checkContinue',
  'checkExpectation',
  'connect',
]);

/**
 * Sees every request that reaches an HTTP/2 server of this process, as a stream: those of Node's compatibility API
 * are made of one. The servers' classes are not exported, and `node:http2` is not loaded for them: they inherit
 * `emit` from `net.Server`, where no HTTP/1 server comes by, as these have an `emit` of their own.
 */
export class Http2Servers {
  readonly #exchanges: Exchanges;
  readonly #streams = new StreamHooks((stream) => this.#closed(stream));

  constructor(exchanges: Exchanges) {
    this.#exchanges = exchanges;
  }

  /**
   * Install after the hooks of HTTP/1's servers, whose prototypes inherit from this one.
   * @param hear around `emit` of all servers: here, of those of HTTP/2, which speak HTTP/1 as well if they are told to
   * @returns undoes it
   */
  install(hear: (original: Method) => Method): () => void {
    return patchMethod(Server.prototype, 'emit', (original) => {
      const servers = this;
      const hearing = hear(original);
      return function emit(this: unknown, ...args: unknown[]): unknown {
        if (!isHttp2Server(this as Server)) return Reflect.apply(original, this, args);
        if (REQUEST_EVENTS.has(args[0])) servers.#asked(args[1]);
        return Reflect.apply(hearing, this, args);
      };
    });
  }

  /** Leaves the streams alone from now on. */
  forget(): void {
    this.#streams.undo();
  }

  /** A stream has come. May throw. */
  begin(stream: unknown, headers: unknown): void {
    if (!isStream(stream)) return;
    const given = headers as StreamHeaders;
    const exchange = this.#exchanges.admit(stream, given[':method'], streamPath(given));
    if (exchange === undefined) return;
    stream[REQUEST] = new StreamRequest(stream, given);
    this.#streams.hear(stream);
  }

  /** A request that Node has made of a stream is left out: so is the stream. May throw. */
  leaveOut(request: object): void {
    const { stream } = request as { stream?: Stream };
    if (stream === undefined || exchangeOf(stream) === undefined) return;
    attachExchange(stream, undefined);
    stream[REQUEST] = undefined;
    stream[ASKED] = undefined;
  }

  /** The application is given a request. Where it was made of a stream, it is one that has been announced. */
  #asked(request: unknown): void {
    if (typeof request !== 'object' || request === null || request instanceof IncomingMessage) return;
    const { stream } = request as { stream?: Stream };
    const exchange = exchangeOf(stream);
    attachExchange(request, exchange);
    if (exchange !== undefined && stream !== undefined) stream[ASKED] = request;
  }

  /** Runs in an event of the application's own: nothing may come out of it. */
  #closed(stream: Stream): void {
    const exchange = exchangeOf(stream);
    const request = stream[REQUEST];
    if (!this.#exchanges.isCounting || exchange === undefined || request === undefined) return;
    const asked = stream[ASKED] ?? request;
    stream[REQUEST] = undefined;
    stream[ASKED] = undefined;
    try {
      const now = performance.now();
      const status = sentStatus(stream);
      exchange.status = status ?? NO_ANSWER;
      exchange.isAnswered = status !== undefined;
      exchange.durationMs = now - exchange.startedAt;
      exchange.outcome = streamOutcomeOf(stream, exchange, status, now);
      // They have of an `IncomingMessage` what is asked of one.
      this.#exchanges.conclude(exchange, asked as IncomingMessage, request as unknown as IncomingMessage);
    } catch {
      this.#exchanges.failed();
    }
  }
}

/** What a response of HTTP/1 has as its status until it is given one. */
const NO_ANSWER = 200;

/** Told by a method that servers of HTTP/2 alone have. */
function isHttp2Server(server: Server): boolean {
  return typeof (server as { updateSettings?: unknown }).updateSettings === 'function';
}

/** Any server may have an event of that name. */
function isStream(stream: unknown): stream is Stream {
  if (typeof stream !== 'object' || stream === null) return false;
  const { respond, pushStream } = stream as { respond?: unknown; pushStream?: unknown };
  return typeof respond === 'function' && typeof pushStream === 'function';
}
