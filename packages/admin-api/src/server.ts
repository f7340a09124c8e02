import { createServer, type RequestListener, type Server } from 'node:http';

/** Headers arrive whole within ten seconds, a whole request within thirty, or it is answered 408. */
const HEADERS_TIMEOUT_MS = 9_000;
const REQUEST_TIMEOUT_MS = 29_000;
/** How often Node looks for requests past their time. */
const CHECK_INTERVAL_MS = 1_000;
const KEEP_ALIVE_MS = 5_000;
/** More are closed at once. */
const MAX_CONNECTIONS = 64;

/** A server for a few readers, who can neither exhaust the process nor keep it alive. */
export function createAdminServer(adminApi: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    harmlessly(adminApi),
  );
  server.maxConnections = MAX_CONNECTIONS;
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
