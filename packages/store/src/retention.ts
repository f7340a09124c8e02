import { DAY_MS } from '@tacho/core';

/** How long rows are kept. */
export const RETENTION_MS = 30 * DAY_MS;

/** A row as far as keeping goes. */
export interface StoredRow {
  /** When it was stored, on a `SteadyTime`. Of rows that were merged: when the last of them was. */
  readonly storedMs: number;
}

export function ageMs(row: StoredRow, steadyNowMs: number): number {
  return steadyNowMs - row.storedMs;
}

export function expiredRows<Row extends StoredRow>(
  rows: readonly Row[],
  steadyNowMs: number,
  retentionMs: number,
): Row[] {
  return rows.filter((row) => ageMs(row, steadyNowMs) >= retentionMs);
}
