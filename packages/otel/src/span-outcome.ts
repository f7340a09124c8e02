import type { Outcome } from '@tacho/core';

/**
 * Where a server span tells how its request has ended, as the statistics see it: by its status alone a broken-off
 * request looks like a success. Undefined where nobody knows.
 */
export const OUTCOME = Symbol('tacho.outcome');

/** Where it tells, likewise, the route that its request was counted under. */
export const COUNTED_ROUTE = Symbol('tacho.route');

/** Set where the request of a server span is left out of the statistics: neither it nor what is below it may go out. */
export const LEFT_OUT = Symbol('tacho.left out');

export interface SpanOfRequest {
  [OUTCOME]?: Outcome | undefined;
  [COUNTED_ROUTE]?: string | undefined;
  [LEFT_OUT]?: boolean;
}
