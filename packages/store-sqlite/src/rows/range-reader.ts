import { MINUTE_MS, Window, type WindowLimits } from '@tacho/core';
import { mergeDetailWithin, mergeWithin, type StoredRange, type StoredWindow } from '@tacho/store';
import type { Dictionary } from './dictionary.ts';
import type { DroppedDaysList } from './dropped-days.ts';
import { MINUTE, resolutionOf, SLICE } from './levels.ts';
import { type CachedMerge, MergedCache } from './merged-cache.ts';
import type { Meta } from './meta.ts';
import type { RowLists } from './row-lists.ts';
import { mergeListed } from './row-merge.ts';
import type { RowReader } from './row-reader.ts';
import { hoursAround, type Plan, planRange, type Stock } from './segments.ts';
import type { Part } from './stored-row.ts';
import { type Batch, batchesOf } from './view.ts';

const COUNTS: readonly Part[] = ['head', 'endpoints'];
const USERS: readonly Part[] = ['users'];
const DETAIL: readonly Part[] = ['head'];

export interface RangeReaderOptions {
  readonly lists: RowLists;
  readonly reader: RowReader;
  readonly dictionary: Dictionary;
  readonly dropped: DroppedDaysList;
  readonly meta: Meta;
  readonly limits: WindowLimits;
}

export type ReadAnswer = Omit<StoredWindow, 'stored'>;

/** What is stored of a range, merged. Each call is part of the caller's transaction. */
export class RangeReader {
  readonly #options: RangeReaderOptions;
  readonly #cache = new MergedCache();

  constructor(options: RangeReaderOptions) {
    this.#options = options;
  }

  read(asked: StoredRange, nowMs: number): ReadAnswer {
    const { lists, limits } = this.#options;
    const stock = this.stock(nowMs);
    const plan = planRange(asked, stock, nowMs);
    const answer = new Window(limits);
    const damaged = new Set<number>();
    let unnamed = 0;
    const merge = (of: Plan, parts: readonly Part[]): void => {
      for (const { window, ...merged } of this.#merges(of, stock, parts)) {
        mergeWithin(answer, window, asked);
        for (const id of merged.damaged) damaged.add(id);
        unnamed += merged.unnamed;
      }
    };
    merge(plan, COUNTS);
    if (asked.users !== false) merge(hoursAround(plan), USERS);
    this.#addLateDetail(answer, asked, plan);
    return {
      fromMs: plan.fromMs,
      toMs: plan.toMs,
      resolution: resolutionOf(plan.level),
      skippedRows: damaged.size + lists.countMisplaced() + Math.min(unnamed, 1),
      partial: false,
      window: answer,
    };
  }

  /** @param nowMs where there is nothing, a store begins and ends */
  stock(nowMs: number): Stock {
    const { lists, dropped } = this.#options;
    return {
      oldestMs: lists.oldestMs() ?? nowMs,
      newestMs: lists.newestMs() ?? nowMs,
      dropped: dropped.get(),
    };
  }

  #merges({ segments }: Plan, { dropped }: Stock, parts: readonly Part[]): CachedMerge[] {
    const erasures = String(this.#options.meta.get('erasures'));
    return batchesOf(this.#options.lists, segments, dropped).map((batch) => {
      const make = (): CachedMerge =>
        mergeListed(batch, parts, { ...this.#options, names: this.#options.dictionary });
      const isPassing = batch[0]?.level === SLICE;
      return isPassing ? make() : this.#cache.get(keyOf(batch, parts, erasures), make);
    });
  }

  /** A timer is always a little late, so the last sample of a minute may be stored with the minute before. */
  #addLateDetail(answer: Window, asked: StoredRange, { fromMs, segments }: Plan): void {
    const [first] = segments;
    if (first?.fromMs !== fromMs) return;
    const before = { fromMs: fromMs - MINUTE_MS, toMs: fromMs, level: MINUTE };
    const rows = [
      this.#options.lists.all(MINUTE, before.fromMs, fromMs),
      this.#options.lists.all(SLICE, before.fromMs, fromMs),
    ];
    const { window } = mergeListed(rows.flat(), DETAIL, {
      ...this.#options,
      names: this.#options.dictionary,
    });
    mergeDetailWithin(answer, window, asked);
  }
}

function keyOf(batch: Batch, parts: readonly Part[], erasures: string): string {
  const rows = batch.map(({ level, minuteMs, name }) => `${level} ${minuteMs} ${name}`);
  return [parts.join(' '), erasures, ...rows].join('\n');
}
