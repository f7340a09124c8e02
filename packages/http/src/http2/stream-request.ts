import type { IncomingHttpHeaders } from 'node:http';
import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { requestPath } from '../request-path.ts';

/** Of each version of the protocol, the name of what can only be one of its requests. */
const HTTP_VERSION = '2.0';

export type StreamHeaders = IncomingHttpHeaders & {
  readonly [pseudo: `:${string}`]: string | undefined;
};

/**
 * A request of HTTP/2 as far as it is known from its headers, in the words of `IncomingMessage`: for whoever asks
 * about a request of an application that has none of these, because it is written for streams.
 */
export class StreamRequest {
  readonly headers: StreamHeaders;
  readonly httpVersion = HTTP_VERSION;
  readonly #session: ServerHttp2Session | undefined;

  constructor(stream: ServerHttp2Stream, headers: StreamHeaders) {
    this.headers = headers;
    this.#session = stream.session as ServerHttp2Session | undefined;
  }

  get method(): string | undefined {
    return this.headers[':method'];
  }

  get url(): string | undefined {
    return this.headers[':path'];
  }

  /** Of a connection that is gone, only whether it was one of TLS is known. */
  get socket(): Socket {
    const session = this.#session;
    if (session !== undefined && !session.destroyed) return session.socket as Socket;
    return { encrypted: session?.encrypted === true } as unknown as Socket;
  }
}

/** The path to count a request under; `*` for a tunnel, which has none. */
export function streamPath(headers: StreamHeaders): string {
  const path = headers[':path'];
  return path === undefined ? '*' : requestPath(path);
}
