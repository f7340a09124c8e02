import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server, type Socket } from 'node:net';

/** What Node answers to a request that its parser has let through. */
const ANSWERS_OF_NODE: ReadonlySet<number> = new Set([400, 417, 503]);

type Connection = Socket & { server?: unknown; [opened: symbol]: unknown };

/**
 * Counts what Node answers by itself, before any listener of the application: requests its parser refuses
 * (400, 408, 413, 431), unmet expectations (417), missing hosts (400), connections past their limit (503).
 * They never become requests, so they stand apart from the statistics.
 */
export class RejectedRequests {
  readonly #count: (status: number, server: Server) => void;
  /** Marks the connections that were seen from their start. */
  readonly #opened = Symbol('tacho.opened');

  /** @param count called with the status that Node answered, and the server it did so for */
  constructor(count: (status: number, server: Server) => void) {
    this.#count = count;
  }

  /** @param socket what a server's event of a new connection carries */
  connected(socket: unknown): void {
    ((socket ?? {}) as Connection)[this.#opened] = true;
  }

  /**
   * On a connection that is older than the hooks, the application may have been given the request before them.
   *
   * @param response has closed, and belongs to a request that the hooks have not seen the application get
   */
  answered(response: ServerResponse): void {
    const socket = response.req.socket as Connection;
    if (socket[this.#opened] === undefined || !ANSWERS_OF_NODE.has(response.statusCode)) return;
    const { server } = socket;
    if (server instanceof Server) this.#count(response.statusCode, server);
  }

  /**
   * @param error what the server's `clientError` event carries
   * @param socket the connection that it carries beside it
   */
  parserRefused(error: unknown, socket: unknown, server: Server): void {
    const status = statusOfParserError((error as { code?: unknown } | undefined)?.code);
    if (status !== undefined && !isWithinRequest(socket)) this.#count(status, server);
  }
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
