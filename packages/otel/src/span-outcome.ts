import type { Outcome } from '@tacho/core';

/**
 * Where a server span tells how its request has ended, as the statistics see it: by its status alone a broken-off
 * request looks like a success. Undefined where nobody knows.
 */
export const OUTCOME = Symbol('tacho.outcome');

/** Where it tells, likewise, the route that its request was counted under. */
export const COUNTED_ROUTE = Symbol('tacho.route');

export interface SpanOfRequest {
  [OUTCOME]?: Outcome | undefined;
  [COUNTED_ROUTE]?: string | undefined;
}
