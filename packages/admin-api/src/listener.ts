import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@tacho/core';

const RETRY_MS = 30_000;

export interface ListenOptions {
  host: string;
  /** 0 takes any that is free. */
  port: number;
  clock: Pick<Clock, 'every'>;
  /** Called once, when the server can be reached. @param url as `http://127.0.0.1:9797` */
  onListening: (url: string) => void;
  /** Called once, when the first try fails; further ones follow every 30 s. @param reason a line to show */
  onUnavailable: (reason: string) => void;
}

export interface Listener {
  /** Ends trying, listening, and every connection; resolves when all have ended. Never rejects. */
  close(): Promise<void>;
}

/** Binds a server to an address, and keeps trying while something is in the way. Never throws. */
export function listen(
  server: Server,
  { host, port, clock, onListening, onUnavailable }: ListenOptions,
): Listener {
  let stopTrying: (() => void) | undefined;
  let closed = false;

  // Not shared through a cluster's primary, which would hand each question to another worker.
  const tryOnce = () => void server.listen({ host, port, exclusive: true });

  server.on('listening', () => {
    stopTrying?.();
    onListening(urlOf(server.address()));
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    // While listening it is an accept that failed: a connection is lost, the next one may succeed.
    if (server.listening || closed || stopTrying !== undefined) return;
    stopTrying = clock.every(RETRY_MS, tryOnce);
    onUnavailable(reasonOf(error, host, port));
  });
  tryOnce();

  return {
    close: () => {
      closed = true;
      stopTrying?.();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return '';
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

function reasonOf(error: NodeJS.ErrnoException, host: string, port: number): string {
  const reason = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${error.code})`;
  return `Port ${port} of ${host} ${reason}: the admin API is shut, and tries again every ${RETRY_MS / 1000} s.`;
}
