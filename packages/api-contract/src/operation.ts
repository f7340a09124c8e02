import type * as v from 'valibot';
import type { Body } from './body.ts';
import type { Query } from './query.ts';

/**
 * Who may ask: `open` is for everybody, though a stranger may be told less; `viewer` for viewers and admins; `admin`
 * for admins alone.
 */
export type OperationAccess = 'open' | 'viewer' | 'admin';

/** `GET` answers `HEAD`, too, and changes nothing; the others do. */
export type OperationMethod = 'GET' | 'POST' | 'DELETE';

/** One thing that may be asked of the admin API. Several may share a path. */
export interface Operation<TQuery = unknown, TBody = unknown, TAnswer = unknown> {
  readonly method: OperationMethod;
  /** Below the prefix; `{name}` is a parameter, which reaches to the path's end. */
  readonly path: string;
  /** A line for people. */
  readonly summary: string;
  readonly access: OperationAccess;
  /** Whether the answer is made from what was measured in a range: its headers then say which, and it may be heavy. */
  readonly readsHistory: boolean;
  readonly query: Query<TQuery>;
  /** Undefined where it takes none. */
  readonly body?: Body<TBody>;
  /** Of the answer to what went well. */
  readonly status: 200 | 201 | 204;
  /** Undefined where the answer has no body. */
  readonly mediaType: 'application/json' | 'text/event-stream' | undefined;
  /** Of the body; of one event's data, where it is a stream of events. */
  readonly answer: v.GenericSchema<unknown, TAnswer>;
}
