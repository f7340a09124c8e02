import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@tacho/core';

/** Another process that holds the port may end at any time. */
const RETRY_MS = 1_000;

export interface ListenOptions {
  host: string;
  /** 0 takes any that is free. */
  port: number;
  clock: Pick<Clock, 'every'>;
  /** Called once, when the server can be reached. @param url as `http://127.0.0.1:9797` */
  onListening: (url: string) => void;
  /** Called for each try that fails; another follows within a second. */
  onRefused: (error: NodeJS.ErrnoException) => void;
}

export interface Listener {
  /** Ends trying, listening, and every connection; resolves when all have ended. Never rejects. */
  close(): Promise<void>;
}

/** Binds a server to an address, and keeps trying while something is in the way. Never throws. */
export function listen(
  server: Server,
  { host, port, clock, onListening, onRefused }: ListenOptions,
): Listener {
  let stopTrying: (() => void) | undefined;
  let closed = false;

  // Not shared through a cluster's primary, which would hand each question to another worker.
  const tryOnce = () => void server.listen({ host, port, exclusive: true });

  server.on('listening', () =>
    harmlessly(() => {
      stopTrying?.();
      onListening(urlOf(server.address()));
    }),
  );
  server.on('error', (error: NodeJS.ErrnoException) =>
    harmlessly(() => {
      // While listening it is an accept that failed: a connection is lost, the next one may succeed.
      if (server.listening || closed) return;
      stopTrying ??= clock.every(RETRY_MS, tryOnce);
      onRefused(error);
    }),
  );
  tryOnce();

  return {
    close: () => {
      closed = true;
      stopTrying?.();
      return ended(server);
    },
  };
}

/** What came out of an event of our own server would end the process. */
function harmlessly(run: () => void): void {
  try {
    run();
  } catch {
    // It goes on with what it has.
  }
}

async function ended(server: Server): Promise<void> {
  try {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  } catch {
    // It did not listen.
  }
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return '';
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}
