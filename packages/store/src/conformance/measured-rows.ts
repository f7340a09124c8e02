import { DEFAULT_LIMITS, encodeWindow, type RequestRecord, Window } from '@tacho/core';
import { spanOf } from '../window-span.ts';
import type { StoredRange, WindowRow, WindowStore } from '../window-store.ts';

export const ALL_TIME: StoredRange = {
  fromMs: Number.NEGATIVE_INFINITY,
  toMs: Number.POSITIVE_INFINITY,
};

export interface RowContent {
  /** When the ten seconds begin. */
  readonly startMs: number;
  readonly writer?: string;
  readonly sequence?: number;
  /** `GET` of each, once. One by default: `/`. */
  readonly routes?: readonly string[];
  readonly request?: Partial<RequestRecord>;
}

/** Ten seconds with a request of each route. */
export function rowOf({
  startMs,
  writer = 'w',
  sequence = 0,
  routes = ['/'],
  request = {},
}: RowContent): WindowRow {
  const window = new Window(DEFAULT_LIMITS, startMs, startMs + 10_000);
  for (const route of routes) {
    window.record({
      startMs,
      durationMs: 20,
      method: 'GET',
      route,
      status: 200,
      outcome: 'completed',
      user: undefined,
      traceId: undefined,
      ...request,
    });
  }
  return { ...spanOf(startMs, startMs + 10_000), writer, sequence, payload: encodeWindow(window) };
}

/** How often each endpoint was requested. */
export function requestsByEndpoint(window: Window): Record<string, number> {
  const requests: Record<string, number> = {};
  for (const { method, route, stats } of window.endpoints.entries())
    requests[`${method} ${route}`] = stats.total;
  return requests;
}

export function requestsIn(window: Window): number {
  return Object.values(requestsByEndpoint(window)).reduce((sum, requests) => sum + requests, 0);
}

export async function requestsStored(windows: WindowStore, range: StoredRange = ALL_TIME): Promise<number> {
  return requestsIn((await windows.read(range)).window);
}
