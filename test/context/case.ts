import type { IncomingMessage, ServerResponse } from 'node:http';

/** A path that tacho leaves out unless told otherwise: no span, and nobody else's. */
export const LEFT_OUT = '/healthz';

/** What a client does, beside sending `GET /context` once. */
export interface Sending {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  /** With several, as many requests on one connection: each after the last reply, or all in one go. */
  readonly targets?: readonly string[];
  readonly pipelined?: true;
  readonly headers?: readonly string[];
  readonly version?: '1.0' | '1.1';
  /** Sent as chunks of their own: with a pause between, or each once an interim response has come. */
  readonly body?: readonly string[];
  readonly awaitsInterim?: true;
  /** A port of `service.ts`. */
  readonly port?: 'http' | 'https' | 'continuing' | 'handedOn' | 'ownClasses' | 'listeningTwice';
  /**
   * The client goes away before the end: `sending` its body, after an interim response, or `receiving` the
   * response's.
   */
  readonly leaves?: { readonly while: 'sending' | 'receiving'; readonly by: 'fin' | 'rst' };
}

/** One request as a case's handler has it. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Notes which span is active here; `label` says which callback this is. */
  see(label: string): void;
}

/**
 * In each callback the span of the request has to be active, the one that was when its handler began. Where the
 * path is {@link LEFT_OUT}, none has to be.
 */
export interface ContextCase {
  readonly name: string;
  /** The labels that have to be seen, and no others; the same one may be seen often. */
  readonly callbacks: readonly string[];
  /** Those of the callbacks that no instrumentation binds to a request: none is active in them. */
  readonly unbound?: readonly string[];
  /** Nobody asks for the active span before the first callback does. */
  readonly asksLate?: true;
  /** OpenTelemetry's own instrumentation of incoming requests does not do it. */
  readonly lostByStandard?: true;
  readonly sends?: Sending;
  /** How many clients ask at once: 20 unless given. */
  readonly clients?: number;
  handle(exchange: Exchange): unknown;
}
