import type { IncomingMessage } from 'node:http';
import type { Identity } from '../identity/identity.ts';
import type { Client } from '../limits/client-address.ts';

/** A request, and what becomes known of it. */
export interface Visit {
  readonly client: Client;
  /** Where the resources are, as the server is asked for them: without a slash at the end. */
  readonly prefix: string;
  /** Undefined until somebody is known, and for a stranger. */
  identity: Identity | undefined;
  /** Why an identity was refused: for the access log alone. */
  reason: string | undefined;
  /** The path template of the operation that answers; empty until, and where, there is none. */
  operation: string;
  /** Whether it is somebody who may, and who asks for a change: its entry in the access log is its own. */
  isChange: boolean;
  /** Of a change, what it was made to: an id of ours. */
  target: string;
  /** Of the answer, whatever it is. */
  headers: Readonly<Record<string, string>>;
}

const VISITS = new WeakMap<IncomingMessage, Visit>();

export function beginVisit(request: IncomingMessage, client: Client, prefix: string): Visit {
  const unknown = { identity: undefined, reason: undefined, operation: '', isChange: false, target: '' };
  const visit = { client, prefix, ...unknown, headers: {} };
  VISITS.set(request, visit);
  return visit;
}

/** Of a request that is at the door, or past it. */
export function visitOf(request: IncomingMessage): Visit {
  const visit = VISITS.get(request);
  if (visit === undefined) throw new Error('a request that did not come through the door');
  return visit;
}
