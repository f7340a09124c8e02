import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Context, createContextKey, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { type RPCMetadata, RPCType, setRPCMetadata } from '@opentelemetry/core';
import type { Exchange, RequestTrace } from '@tacho/http';
import { harmlessly } from '../harmlessly.ts';
import { hasHeader, propagatedHeaders } from './raw-headers.ts';
import type { RequestFacts } from './request-facts.ts';
import { ServerSpan } from './server-span.ts';
import { type Peer, peerOf } from './socket-peer.ts';
import type { SpanMaking } from './span-making.ts';

/** The keys of the API and of its SDK: any two copies of a package have the same. */
const SPAN = createContextKey('OpenTelemetry Context Key SPAN');
const RPC_METADATA = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA');

/**
 * What is active while a request is handled, as an OpenTelemetry context: the request's span, its RPC metadata, and
 * what the client has sent along. None of that is made before somebody asks for it, so a request that is neither
 * exported nor looked at costs one small object.
 *
 * It has the strings that a span is made of and not the request: whatever is still going on when the response has
 * ended holds this object, and with it no socket and no body.
 */
export class RequestContext implements Context, RequestTrace, RequestFacts {
  readonly exchange: Exchange;
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly rawHeaders: readonly string[];
  readonly peer: Peer;
  isLeftOut = false;
  readonly #making: SpanMaking;
  #sentAlong: Context | undefined;
  #span: ServerSpan | undefined;
  #rpcMetadata: RPCMetadata | undefined;
  #plain: Context | undefined;

  constructor(making: SpanMaking, exchange: Exchange, request: IncomingMessage) {
    this.exchange = exchange;
    this.method = request.method ?? 'GET';
    this.url = request.url ?? '/';
    this.httpVersion = request.httpVersion;
    this.rawHeaders = request.rawHeaders;
    this.peer = peerOf(request.socket);
    this.#making = making;
  }

  get context(): this {
    return this;
  }

  get span(): ServerSpan {
    if (this.#span !== undefined) return this.#span;
    this.#span = new ServerSpan(this, this.#making);
    if (this.exchange.outcome !== undefined) this.#span.endOfResponse(this.exchange.status, this.#route);
    return this.#span;
  }

  /** Makes the span now. */
  start(): void {
    this.#span ??= new ServerSpan(this, this.#making);
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get user(): string | undefined {
    return this.#span?.user;
  }

  /** What the client has sent along in its headers: a parent, baggage. */
  get sentAlong(): Context {
    this.#sentAlong ??= this.#extract();
    return this.#sentAlong;
  }

  /**
   * The request is left out after all: its span, if it has one, is nobody's, and whoever asks is told by another
   * context from here on.
   *
   * @param context what is active while a request is handled that is left out
   */
  leaveOut(context: Context): void {
    this.#plain = context;
    this.isLeftOut = true;
    // Whoever was told that it has begun is told what becomes of it.
    if (this.#span?.ended === false) harmlessly(() => this.#span?.end());
  }

  /** Anything can be thrown, also what throws when it is looked at. */
  failed(error: unknown): void {
    if (!this.isLeftOut) harmlessly(() => this.span.fail(error));
  }

  ended(response: ServerResponse): void {
    this.exchange.whenRouted = undefined;
    if (this.#span !== undefined)
      harmlessly(() => this.#span?.endOfResponse(response.statusCode, this.#route));
  }

  // The application asks for these, by way of the API: nothing may come out of them.

  getValue(key: symbol): unknown {
    try {
      if (this.#plain !== undefined) return this.#plain.getValue(key);
      if (key === SPAN) return this.span;
      if (key === RPC_METADATA) return this.#rpc();
      return this.sentAlong.getValue(key);
    } catch {
      return undefined;
    }
  }

  setValue(key: symbol, value: unknown): Context {
    try {
      return this.#asPlain().setValue(key, value);
    } catch {
      return this;
    }
  }

  deleteValue(key: symbol): Context {
    try {
      return this.#asPlain().deleteValue(key);
    } catch {
      return this;
    }
  }

  get #route(): string | undefined {
    return this.#rpcMetadata === undefined ? this.exchange.routerTemplate : this.#rpcMetadata.route;
  }

  /** The propagator may be the application's. */
  #extract(): Context {
    try {
      const names = propagation.fields();
      if (!hasHeader(this.rawHeaders, names)) return ROOT_CONTEXT;
      return propagation.extract(ROOT_CONTEXT, propagatedHeaders(this.rawHeaders, names));
    } catch {
      return ROOT_CONTEXT;
    }
  }

  /** Where other instrumentations leave the route, and find it. */
  #rpc(): RPCMetadata {
    if (this.#rpcMetadata !== undefined) return this.#rpcMetadata;
    const metadata: RPCMetadata = { type: RPCType.HTTP, span: this.span };
    const { routerTemplate } = this.exchange;
    if (routerTemplate !== undefined) metadata.route = routerTemplate;
    this.exchange.whenRouted = (template) => {
      metadata.route = template;
    };
    this.#rpcMetadata = metadata;
    return metadata;
  }

  #asPlain(): Context {
    this.#plain ??= setRPCMetadata(trace.setSpan(this.sentAlong, this.span), this.#rpc());
    return this.#plain;
  }
}
