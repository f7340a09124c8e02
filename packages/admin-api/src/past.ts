import { type History, type HistorySeries, type HistoryWindow, nextTurn } from '@tacho/store';
import { HttpProblem } from './http-problem.ts';

export type PastReads = Pick<History, 'window' | 'series'>;

const RETRY_AFTER_SECONDS = 5;

/** What was measured; where it can't be read now, an `HttpProblem` 503. */
export function pastOf(history: PastReads): PastReads {
  return {
    window: (fromMs, toMs, options) =>
      inTurn<HistoryWindow>(async () => history.window(fromMs, toMs, options)),
    series: (query) => inTurn<HistorySeries>(async () => history.series(query)),
  };
}

/** A read begins with a copy of what is being measured. Of readers who come together, each waits for its turn. */
function inTurn<T>(read: () => Promise<T>): Promise<T> {
  return readable(async () => {
    await nextTurn();
    return read();
  });
}

/** @throws HttpProblem 503 where `read` rejects */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw storeUnavailable(cause);
  }
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
