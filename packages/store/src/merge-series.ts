import { EndpointStats, floorTo, type Window, type WindowLimits } from '@tacho/core';
import { windowOf } from './merge-stored.ts';
import { nextTurn } from './next-turn.ts';
import type { SeriesQuery, StoredStep, WindowRow } from './window-store.ts';

export interface MergedSeries {
  readonly steps: readonly StoredStep[];
  readonly skippedRows: number;
}

/** The stats of steps, to be added to in any order of time. A row counts in the step in which it begins. */
export class SeriesSteps {
  readonly #stepMs: number;
  readonly #endpoint: string | undefined;
  readonly #statsByStart = new Map<number, EndpointStats>();

  constructor({ stepMs, endpoint }: Pick<SeriesQuery, 'stepMs' | 'endpoint'>) {
    this.#stepMs = stepMs;
    this.#endpoint = endpoint;
  }

  addWindow(minuteMs: number, { endpoints }: Window): void {
    if (this.#endpoint === undefined) {
      for (const { stats } of endpoints.entries()) this.addStats(minuteMs, stats);
      return;
    }
    const entry = endpoints.get(this.#endpoint);
    if (entry !== undefined) this.addStats(minuteMs, entry.stats);
  }

  addStats(minuteMs: number, added: EndpointStats): void {
    const startMs = floorTo(minuteMs, this.#stepMs);
    let stats = this.#statsByStart.get(startMs);
    if (stats === undefined) {
      stats = new EndpointStats();
      this.#statsByStart.set(startMs, stats);
    }
    stats.merge(added);
  }

  /** In order of time. */
  list(): StoredStep[] {
    return [...this.#statsByStart]
      .map(([startMs, stats]) => ({ startMs, stats }))
      .sort((a, b) => a.startMs - b.startMs);
  }
}

/** A series of rows, of which one turn of the event loop decodes one. */
export async function mergeSeries(
  rows: readonly WindowRow[],
  query: SeriesQuery,
  limits: WindowLimits,
): Promise<MergedSeries> {
  const steps = new SeriesSteps(query);
  let skippedRows = 0;
  for (const row of rows) {
    const window = windowOf(row, limits);
    if (window === undefined) skippedRows++;
    else steps.addWindow(row.minuteMs, window);
    await nextTurn();
  }
  return { steps: steps.list(), skippedRows };
}
