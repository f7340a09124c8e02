import { type Clock, HOUR_MS, type Window } from '@tacho/core';
import type { History } from '@tacho/store';
import { HttpProblem } from './http-problem.ts';

/** What was measured in the last `hours` hours. @throws HttpProblem 503 where the store can't be read now */
export type RecentWindow = (hours: number) => Promise<Window>;

const RETRY_AFTER_SECONDS = 5;

export function recentWindowOf(history: Pick<History, 'window'>, clock: Pick<Clock, 'now'>): RecentWindow {
  return async (hours) => {
    const sinceMs = clock.now() - hours * HOUR_MS;
    try {
      // Open at the end: what was measured before the clock was set back lies in the future.
      return await history.window(sinceMs, Number.POSITIVE_INFINITY);
    } catch (cause) {
      throw storeUnavailable(cause);
    }
  };
}

function storeUnavailable(cause: unknown): HttpProblem {
  return new HttpProblem({
    status: 503,
    code: 'store_unavailable',
    detail: 'What was measured cannot be read now.',
    headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
    cause,
  });
}
