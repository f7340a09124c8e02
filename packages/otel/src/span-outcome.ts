import type { Outcome } from '@tacho/core';

/**
 * Where a server span tells how its request has ended, as the statistics see it: by its status alone a broken-off
 * request looks like a success. Undefined where nobody knows.
 */
export const OUTCOME = Symbol('tacho.outcome');

export interface SpanOfRequest {
  [OUTCOME]?: Outcome | undefined;
}
