import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface Address {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on. */
  readonly isTls: boolean;
}

/**
 * Opens a connection. The caller ends it.
 * @throws what the name server or the connection says; the reason of `signal` once that is aborted
 */
export async function reach({ host, port, isTls }: Address, signal: AbortSignal): Promise<Socket> {
  await lookup(host);
  const options = { host, port, signal };
  const socket = isTls ? connectTls({ ...options, servername: host }) : connect(options);
  // What happens after the connection is the caller's to see, by events of its own.
  socket.on('error', () => {});
  try {
    await once(socket, isTls ? 'secureConnect' : 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The host of a URL, without the brackets of an IPv6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
