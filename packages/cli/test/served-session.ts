import { afterEach, beforeEach } from '@jest/globals';
import { AdminServer, TOKEN } from './admin-server.ts';
import { Session, type SessionOptions } from './session.ts';

/** A server for each test of the file, and sessions that find it by their environment. */
export function serveEachTest(): {
  readonly server: AdminServer;
  session(options?: SessionOptions): Session;
} {
  let server: AdminServer;
  beforeEach(async () => {
    server = await AdminServer.start();
  });
  afterEach(async () => {
    await server.close();
  });
  return {
    get server() {
      return server;
    },
    session: ({ variables, ...options } = {}) =>
      new Session({
        ...options,
        variables: { TACHO_ADMIN_TOKEN: TOKEN, TACHO_ADMIN_PORT: String(server.port), ...variables },
      }),
  };
}
