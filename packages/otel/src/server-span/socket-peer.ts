import type { Socket } from 'node:net';

/** Who is at the other end of a connection. */
export interface Peer {
  readonly address: string | undefined;
  readonly port: number | undefined;
  /** Whether the connection is one of TLS. */
  readonly isSecure: boolean;
}

const PEER = Symbol('tacho.peer');

/** Asks the operating system once for a connection: it can't be asked any more when the connection is gone. */
export function peerOf(socket: Socket & { [PEER]?: Peer; encrypted?: boolean }): Peer {
  const known = socket[PEER];
  if (known !== undefined) return known;
  const peer = {
    address: socket.remoteAddress,
    port: socket.remotePort,
    isSecure: socket.encrypted === true,
  };
  socket[PEER] = peer;
  return peer;
}
