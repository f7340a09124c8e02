import type { IncomingMessage } from 'node:http';
import type { Identity } from '../identity/identity.ts';

/** A request that was let in. */
export interface Visit {
  /** Undefined for a stranger, at what is open to everybody. */
  readonly identity: Identity | undefined;
  /** Where the resources are, as the application's server is asked for them: without a slash at the end. */
  readonly prefix: string;
  /** The path template of the operation that answers; empty while, and where, there is none. */
  operation: string;
}

const VISITS = new WeakMap<IncomingMessage, Visit>();

export function beginVisit(request: IncomingMessage, visit: Visit): void {
  VISITS.set(request, visit);
}

/** Of a request that came through the door. */
export function visitOf(request: IncomingMessage): Visit {
  const visit = VISITS.get(request);
  if (visit === undefined) throw new Error('a request that did not come through the door');
  return visit;
}
