import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { truncateAddress } from './client-address.ts';

/** What is cleared from spans before they are kept or exported. */
export interface Privacy {
  readonly query: 'drop' | 'keep';
  readonly clientAddress: 'truncate' | 'full';
}

const QUERY = ['url.query'];
const URLS = ['url.full', 'http.url', 'http.target'];
const ADDRESSES = [
  'client.address',
  'network.peer.address',
  'net.peer.ip',
  'net.sock.peer.addr',
  'http.client_ip',
];

/** Clears query strings and client addresses from a span that has ended, in place. */
export function redactSpan(span: ReadableSpan, privacy: Privacy): void {
  const { attributes } = span;
  if (privacy.query === 'drop') {
    for (const name of QUERY) delete attributes[name];
    change(attributes, URLS, withoutQuery);
  }
  // On other kinds of span the peer is a server, not a person.
  if (privacy.clientAddress === 'truncate' && span.kind === SpanKind.SERVER)
    change(attributes, ADDRESSES, truncateAddress);
}

function change(attributes: Attributes, names: readonly string[], to: (value: string) => string): void {
  for (const name of names) {
    const value = attributes[name];
    if (typeof value === 'string') attributes[name] = to(value);
  }
}

function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}
