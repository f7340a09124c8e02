import type { Role } from '../identity/identity.ts';

/** What is recorded of a request of the admin API: nothing that it brought but its method. */
export interface Access {
  /** Epoch milliseconds. */
  readonly timestampMs: number;
  /** A token's name or a pseudonym; '' for a stranger. */
  readonly who: string;
  readonly role: Role | undefined;
  /** The client's /24 or /48. */
  readonly network: string;
  readonly method: string;
  /** The operation's path template; '' where it is none. */
  readonly operation: string;
  /** Of a change, what it was made to: an id of ours; '' where there is none. */
  readonly target: string;
  /** 0 where there was no answer. */
  readonly status: number;
  /** Why it was refused, in snake_case. */
  readonly reason: string | undefined;
}

/** So many requests of one kind; the time is that of the last. */
export interface CountedAccess extends Access {
  readonly count: number;
}

/** What is known of requests that are only counted. */
export function uncertain(reason: string, timestampMs: number, count: number): CountedAccess {
  const unknown = { who: '', role: undefined, network: '', method: '', operation: '', target: '', status: 0 };
  return { timestampMs, ...unknown, reason, count };
}
