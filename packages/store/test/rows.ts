import { DEFAULT_LIMITS, decodeWindow } from '@tacho/core';
import type { WindowRow } from '../src/window-store.ts';
import { requestsIn } from './measured.ts';

/** Requests of every outcome and endpoint, in all rows together. */
export function requestsInRows(rows: readonly WindowRow[]): number {
  return rows.reduce((sum, { payload }) => sum + requestsIn(decodeWindow(payload, DEFAULT_LIMITS)), 0);
}
