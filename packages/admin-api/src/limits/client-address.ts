import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv4, type Socket } from 'node:net';
import { addressKey, canonicalAddress, truncateAddress } from '@tacho/core';

/** Who sent a request, as far as addresses tell. */
export interface Client {
  /** In canonical form; '' where there is none, as on a Unix socket. */
  readonly address: string;
  /** What limits count by: the whole of an IPv4 address, the first 64 bits of an IPv6 address. */
  readonly key: string;
  /** The /24 or the /48, for the access log. */
  readonly network: string;
  /** Whether the connection is one of a trusted proxy. */
  readonly peerIsProxy: boolean;
}

export type ClientOf = (request: IncomingMessage) => Client;

const PORT = /^(\d+\.\d+\.\d+\.\d+|\[[^[\]]*\]):\d{1,5}$/;

/**
 * The other end of the connection; where that is a trusted proxy, the last address of `X-Forwarded-For` that is not:
 * what stands before it may be anybody's invention. Where there is no such address, or one before it is malformed, it
 * is the connection's again. `Forwarded` is not read: proxies that write the one header pass on the other as it came.
 * @param trustedProxies addresses and CIDR blocks, checked
 */
export function clientsBehind(trustedProxies: readonly string[] = []): ClientOf {
  const trusted = blockListOf(trustedProxies);
  // A connection that is gone can't be asked any more.
  const peers = new WeakMap<Socket, Client>();

  const peerOf = (socket: Socket): Client => {
    const known = peers.get(socket);
    if (known) return known;
    const address = canonicalAddress(socket.remoteAddress ?? '') ?? '';
    const peer = clientAt(address, address !== '' && isListed(trusted, address));
    peers.set(socket, peer);
    return peer;
  };

  return (request) => {
    const peer = peerOf(request.socket);
    if (!peer.peerIsProxy) return peer;
    const address = forwardedFor(request.rawHeaders, trusted);
    return address === undefined ? peer : clientAt(address, true);
  };
}

function clientAt(address: string, peerIsProxy: boolean): Client {
  return { address, key: addressKey(address), network: truncateAddress(address), peerIsProxy };
}

/** Read from its end, and no further than to the first stranger. */
function forwardedFor(rawHeaders: readonly string[], trusted: BlockList): string | undefined {
  for (const hop of hopsFromTheLast(rawHeaders)) {
    const address = canonicalAddress(withoutPort(hop));
    if (address === undefined) return undefined;
    if (!isListed(trusted, address)) return address;
  }
  return undefined;
}

/** Of all lines of the header: together they are one list. */
function* hopsFromTheLast(rawHeaders: readonly string[]): Generator<string> {
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index]?.toLowerCase() !== 'x-forwarded-for') continue;
    let rest = rawHeaders[index + 1] ?? '';
    for (let comma = rest.lastIndexOf(','); comma >= 0; comma = rest.lastIndexOf(',')) {
      yield rest.slice(comma + 1).trim();
      rest = rest.slice(0, comma);
    }
    yield rest.trim();
  }
}

/** `1.2.3.4:80`, `[::1]:80` and `[::1]` are how some proxies write it. */
function withoutPort(hop: string): string {
  const host = PORT.exec(hop)?.[1] ?? hop;
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

function blockListOf(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [written = '', prefix] = block.split('/');
    const address = canonicalAddress(written) ?? written;
    const family = familyOf(address);
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, prefixLength(written, address, Number(prefix)), family);
  }
  return list;
}

/** `::ffff:10.0.0.0/104` is 10.0.0.0/8. */
function prefixLength(written: string, address: string, length: number): number {
  return isIPv4(address) && written.includes(':') ? length - 96 : length;
}

function isListed(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}
