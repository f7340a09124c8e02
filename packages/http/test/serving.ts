import http from 'node:http';
import type { AddressInfo, Server } from 'node:net';

/** A server that listens on the loopback interface. */
export interface Serving<S extends Server = http.Server> {
  readonly server: S;
  readonly port: number;
  /** Drops what is still connected. */
  close(): Promise<void>;
}

/** Serves with a listener of Node's plain `http`. */
export function serve(listener: http.RequestListener, options: http.ServerOptions = {}): Promise<Serving> {
  return listen(http.createServer(options, listener));
}

export async function listen<S extends http.Server>(server: S): Promise<Serving<S>> {
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return {
    server,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
}
