import type { Peer } from './socket-peer.ts';

/** What the attributes of a request's span are made from, as it was when the request arrived. */
export interface RequestFacts {
  readonly method: string;
  /** The request target as it was sent. */
  readonly url: string;
  readonly httpVersion: string;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly peer: Peer;
}
