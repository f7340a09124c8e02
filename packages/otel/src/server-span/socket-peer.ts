import type { Socket } from 'node:net';
import { truncateAddress } from '@tacho/core';

/** Who is at the other end of a connection. */
export class Peer {
  readonly address: string | undefined;
  readonly port: number | undefined;
  /** Whether the connection is one of TLS. */
  readonly isSecure: boolean;
  #network: string | undefined;

  constructor(address: string | undefined, port: number | undefined, isSecure: boolean) {
    this.address = address;
    this.port = port;
    this.isSecure = isSecure;
  }

  /** The address cut to its network; undefined without an address. */
  get network(): string | undefined {
    if (this.address !== undefined) this.#network ??= truncateAddress(this.address);
    return this.#network;
  }
}

const NOBODY = new Peer(undefined, undefined, false);

const PEER = Symbol('tacho.peer');

/** Asks the operating system once for a connection: it can't be asked any more when the connection is gone. */
export function peerOf(socket: (Socket & { [PEER]?: Peer; encrypted?: boolean }) | undefined): Peer {
  // Tests hand servers requests that never came over a connection.
  if (!socket) return NOBODY;
  socket[PEER] ??= new Peer(socket.remoteAddress, socket.remotePort, socket.encrypted === true);
  return socket[PEER];
}
