import {
  DAY_MS,
  type EndpointStats,
  endpointStatsIn,
  floorTo,
  HOUR_MS,
  headTotal,
  OVERFLOW_ROUTE,
} from '@tacho/core';
import { type SeriesQuery, SeriesSteps, type StoredSeries } from '@tacho/store';
import { isDatabaseError } from './damaged-row.ts';
import type { Dictionary } from './dictionary.ts';
import { DAY, HOUR, MINUTE, resolutionOf, type ViewLevel } from './levels.ts';
import type { ListedRow, RowLists } from './row-lists.ts';
import type { RowReader } from './row-reader.ts';
import { type Plan, planRange, type Stock } from './segments.ts';
import { batchesOf } from './view.ts';

/** Of more than this only the last are answered. */
export const MAX_STEPS = 10_000;
const OVERFLOW = { endpoint: `* ${OVERFLOW_ROUTE}`, id: 0 };

export type SeriesAnswer = Omit<StoredSeries, 'stored'>;

/** The stats of steps. Each call is part of the caller's transaction. */
export class SeriesReader {
  readonly #lists: RowLists;
  readonly #reader: RowReader;
  readonly #dictionary: Dictionary;

  constructor({ lists, reader, dictionary }: { lists: RowLists; reader: RowReader; dictionary: Dictionary }) {
    this.#lists = lists;
    this.#reader = reader;
    this.#dictionary = dictionary;
  }

  read(query: SeriesQuery, stock: Stock, nowMs: number): SeriesAnswer {
    const plan = planRange(query, stock, nowMs, coarsestWithin(query.stepMs));
    const all = batchesOf(this.#lists, plan.segments, stock.dropped).flat();
    const { rows, fromMs } = lastSteps(all, plan.fromMs, query.stepMs);
    const steps = new SeriesSteps({ stepMs: query.stepMs });
    let skippedRows = this.#lists.countMisplaced() + Number(this.#isLost(query.endpoint));
    for (const row of rows) {
      const stats = this.#statsOf(row, query.endpoint);
      if (stats === 'damaged') skippedRows++;
      else if (stats !== undefined && stats.total > 0) steps.addStats(Math.max(row.minuteMs, fromMs), stats);
    }
    const answer = { fromMs, toMs: plan.toMs, resolution: resolutionOf(coarsestOf(plan, query.stepMs)) };
    return { ...answer, skippedRows, partial: false, steps: steps.list() };
  }

  /** Whether the endpoint may be the one whose name can't be read. */
  #isLost(endpoint: string | undefined): boolean {
    if (endpoint === undefined || endpoint === OVERFLOW.endpoint || this.#dictionary.areAllKnown)
      return false;
    return this.#dictionary.find(endpoint) === undefined;
  }

  #statsOf(row: ListedRow, endpoint: string | undefined): EndpointStats | undefined | 'damaged' {
    try {
      if (endpoint === undefined) return headTotal(this.#reader.open(row, ['head']).parts.head!);
      const id = endpoint === OVERFLOW.endpoint ? OVERFLOW.id : this.#dictionary.find(endpoint);
      if (id === undefined) return undefined;
      return endpointStatsIn(this.#reader.open(row, ['endpoints']).parts.endpoints!, id);
    } catch (error) {
      if (isDatabaseError(error)) throw error;
      return 'damaged';
    }
  }
}

/** Where finer rows were dropped in the midst of a range, coarser ones fill steps that are shorter than they are. */
function coarsestOf({ level, segments }: Plan, stepMs: number): ViewLevel {
  const within = coarsestWithin(stepMs);
  return segments.reduce((most, one) => (one.level > within && one.level > most ? one.level : most), level);
}

function coarsestWithin(stepMs: number): ViewLevel {
  if (stepMs % DAY_MS === 0) return DAY;
  return stepMs % HOUR_MS === 0 ? HOUR : MINUTE;
}

function lastSteps(
  rows: readonly ListedRow[],
  fromMs: number,
  stepMs: number,
): { rows: readonly ListedRow[]; fromMs: number } {
  const stepOf = ({ minuteMs }: ListedRow): number => floorTo(Math.max(minuteMs, fromMs), stepMs);
  const starts = [...new Set(rows.map(stepOf))].sort((a, b) => b - a);
  const first = starts[MAX_STEPS - 1];
  if (first === undefined) return { rows, fromMs };
  return { rows: rows.filter((row) => stepOf(row) >= first), fromMs: Math.max(fromMs, first) };
}
