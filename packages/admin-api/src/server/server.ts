import { createServer, type RequestListener, type Server } from 'node:http';

/** What a connection may take of the process. */
export interface ConnectionLimits {
  /** Headers arrive whole within this time, or are answered 408; a connection that says nothing is cut. */
  readonly headersMs: number;
  /** A whole request arrives within this time, or is answered 408. */
  readonly requestMs: number;
  /** How often Node looks for requests past their time. */
  readonly checkMs: number;
  /** A connection on which nothing moves is cut: nobody writes, or nobody reads what is there to be read. */
  readonly idleMs: number;
  /** The same between requests. */
  readonly keepAliveMs: number;
  /** More are closed at once. */
  readonly connections: number;
  /** Of all headers together; more are answered 431. */
  readonly headerBytes: number;
}

/** Looked for once a second, the late are answered within the tenth second and the thirtieth. */
const LIMITS: ConnectionLimits = {
  headersMs: 9_000,
  requestMs: 29_000,
  checkMs: 1_000,
  idleMs: 30_000,
  keepAliveMs: 5_000,
  connections: 64,
  headerBytes: 16_384,
};

/** A server for a few readers, who can neither exhaust the process nor keep it alive. */
export function createAdminServer(adminApi: RequestListener, limits: Partial<ConnectionLimits> = {}): Server {
  const all = { ...LIMITS, ...limits };
  const server = createServer(
    {
      headersTimeout: all.headersMs,
      requestTimeout: all.requestMs,
      connectionsCheckingInterval: all.checkMs,
      keepAliveTimeout: all.keepAliveMs,
      maxHeaderSize: all.headerBytes,
      // Refused like everything else, where hosts are looked at.
      requireHostHeader: false,
    },
    harmlessly(adminApi),
  );
  server.timeout = all.idleMs;
  server.maxConnections = all.connections;
  server.on('connection', (socket) => {
    try {
      socket.unref();
    } catch {
      // An event of our own server: what came out of it would end the process.
      socket.destroy();
    }
  });
  server.unref();
  return server;
}

/**
 * What a listener throws, or its promise rejects with, would end the process; a framework does so where somebody has
 * frozen the prototypes it builds on.
 */
function harmlessly(adminApi: RequestListener): RequestListener {
  return (request, response) => {
    const giveUp = (): void => void response.destroy();
    try {
      Promise.resolve(adminApi(request, response)).catch(giveUp);
    } catch {
      giveUp();
    }
  };
}
