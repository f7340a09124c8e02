import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

const REQUEST_START = 'http.server.request.start';

/** What Node answers to a request that its parser has let through. */
const ANSWERS_OF_NODE: ReadonlySet<number> = new Set([400, 417, 503]);

interface RequestStart {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly server: Server;
}

/**
 * Counts what Node answers by itself, before any listener of the application: requests its parser refuses
 * (400, 408, 413, 431), unmet expectations (417), missing hosts (400), connections past their limit (503).
 * They never become requests, so they stand apart from the statistics.
 */
export class RejectedRequests {
  readonly #count: (status: number, server: Server) => void;
  /**
   * The request announced last, until an event of the server shows that the application got it. Node
   * announces and dispatches in one go, so one that is still here when the next comes was answered by Node.
   */
  #announced: RequestStart | undefined;

  /** @param count called with the status that Node answered, and the server it did so for */
  constructor(count: (status: number, server: Server) => void) {
    this.#count = count;
  }

  watch(): void {
    subscribe(REQUEST_START, this.#onStart);
  }

  unwatch(): void {
    unsubscribe(REQUEST_START, this.#onStart);
    this.#announced = undefined;
  }

  /** The application got the request that was announced last. */
  dispatched(): void {
    this.#announced = undefined;
  }

  /** Counts the last rejection, which no later request has brought to light yet. */
  settle(): void {
    const announced = this.#announced;
    this.#announced = undefined;
    if (announced === undefined) return;
    const { response, server } = announced;
    // Node's own answer is complete at once. Any other is to a request of HTTP/1 at an HTTP/2 server, or at one
    // whose events have been taken over: the application got it, though we did not hear of it.
    if (response.writableEnded && ANSWERS_OF_NODE.has(response.statusCode))
      this.#count(response.statusCode, server);
  }

  /**
   * @param error what the server's `clientError` event carries
   * @param socket the connection that it carries beside it
   */
  parserRefused(error: unknown, socket: unknown, server: Server): void {
    const status = statusOfParserError((error as { code?: unknown } | undefined)?.code);
    if (status !== undefined && !isWithinRequest(socket)) this.#count(status, server);
  }

  readonly #onStart = (message: unknown): void => {
    this.settle();
    this.#announced = message as RequestStart;
  };
}

/**
 * The status Node's default answer has for a parser error (`socketOnError` in Node's `_http_server`).
 * A connection that broke or ended in the middle is nobody's bad request.
 */
function statusOfParserError(code: unknown): number | undefined {
  if (typeof code !== 'string') return undefined;
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE' ? 400 : undefined;
}

/**
 * Whether the parser was in the body of a request: that one was announced, and counts by how it ends.
 * `parser.incoming` is undocumented: the message being read, or the last one read as long as it is unused.
 */
function isWithinRequest(socket: unknown): boolean {
  const { parser } = (socket ?? {}) as { parser?: { incoming?: IncomingMessage | null } | null };
  return parser?.incoming?.complete === false;
}
