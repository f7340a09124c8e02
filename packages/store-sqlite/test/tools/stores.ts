import { DAY_MS, floorTo, MINUTE_MS } from '@tacho/core';
import { Keyring } from '@tacho/store';
import { DroppedDaysList } from '../../src/rows/dropped-days.ts';
import { MINUTE } from '../../src/rows/levels.ts';
import { Meta } from '../../src/rows/meta.ts';
import type { WindowRows } from '../../src/rows/window-rows.ts';
import { type PlainRow, plainRow } from '../rows/plain-rows.ts';
import type { StoreBench } from '../rows/store-bench.ts';

export type OpenRows = ReturnType<StoreBench['open']>;

export interface MeasuredOptions {
  readonly fromMs: number;
  readonly minutes: number;
  /** Minutes from one row to the next. */
  readonly everyMinutes?: number;
  readonly writer?: string;
}

/** Measures for so long: two requests a row, by one of three users, and housekeeping meanwhile. @returns the rows */
export function measure(store: WindowRows, options: MeasuredOptions): PlainRow[] {
  const { fromMs, minutes, everyMinutes = 1, writer = 'w' } = options;
  const rows: PlainRow[] = [];
  for (let minute = 0; minute < minutes; minute += everyMinutes) {
    const startMs = fromMs + minute * MINUTE_MS;
    const requests = [
      { startMs, route: `/r${minute % 7}`, user: `k1-${minute % 3}`, durationMs: 1 + (minute % 400) },
      { startMs, route: '/slow', durationMs: 2000 + minute + 1, status: 500 },
    ];
    const row = plainRow({ startMs, writer, sequence: rows.length, requests });
    rows.push(row);
    store.append([row.row], startMs);
    if (rows.length % 5 === 0) store.maintain(startMs, 1000);
  }
  return rows;
}

/** As retention does it: the minutes of a day go, the hours stay. */
export function dropMinutes({ file: { database } }: OpenRows, dayMs: number): void {
  new DroppedDaysList(new Meta(database, Keyring.of([]))).add(MINUTE, dayMs);
  database
    .prepare('DELETE FROM window WHERE level = 1 AND rolled = 1 AND minute >= ? AND minute < ?')
    .run(dayMs, dayMs + DAY_MS);
}

export function dayOf(epochMs: number): number {
  return floorTo(epochMs, DAY_MS);
}

/** How many rows of each level there are. */
export function levelsIn({ file: { database } }: OpenRows): Record<number, number> {
  const rows = database.prepare('SELECT level, count(*) AS rows FROM window GROUP BY level').all();
  return Object.fromEntries(rows.map(({ level, rows }) => [Number(level), Number(rows)]));
}

/** All that is in the file but the look at the clock. */
export function contentOf({ file: { database } }: OpenRows): unknown {
  return ['window', 'accepted', 'endpoint'].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
}
