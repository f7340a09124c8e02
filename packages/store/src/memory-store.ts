import {
  type Clock,
  ceilTo,
  decodeWindow,
  encodeWindow,
  floorTo,
  HOUR_MS,
  MINUTE_MS,
  type Window,
  type WindowLimits,
} from '@tacho/core';
import { AcceptedSequences } from './accepted-sequences.ts';
import { type MemoryRow, MemoryRows } from './memory-rows.ts';
import { mergeRows } from './merge-rows.ts';
import { mergeSeries } from './merge-series.ts';
import { mergeStored } from './merge-stored.ts';
import { nextTurn } from './next-turn.ts';
import { expiredRows, RETENTION_MS } from './retention.ts';
import { nextRollUp, nextSqueeze, type Pair } from './roll-up.ts';
import { SteadyTime } from './steady-time.ts';
import { storeClosed } from './store-closed.ts';
import { endMsOf, overlaps, SPAN_SLACK_MS } from './window-span.ts';
import type {
  SeriesQuery,
  StoredAnswer,
  StoredRange,
  StoredSeries,
  StoredWindow,
  StoreStatus,
  WindowKey,
  WindowRow,
  WindowStore,
} from './window-store.ts';

export interface MemoryStoreOptions {
  clock: Pick<Clock, 'now'>;
  /** Of the windows that rows are merged into. */
  limits: WindowLimits;
  maxBytes?: number;
  retentionMs?: number;
}

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
const ROLL_UPS_PER_ROW = 2;

/**
 * Keeps rows in memory, as wide as `nextRollUp` wants them, for 30 days of `SteadyTime`. Past `maxBytes` they are
 * merged further, down to one for each writer: counts do not vanish for want of room.
 *
 * An append is followed by at most two roll-ups for each row it brought, then by as many merges as the cap asks
 * for, and is fulfilled when these are done. However many they are, no turn of the event loop decodes or encodes
 * more than one window.
 */
export class MemoryStore implements WindowStore {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #steadyTime = new SteadyTime();
  readonly #limits: WindowLimits;
  readonly #maxBytes: number;
  readonly #retentionMs: number;
  readonly #accepted = new AcceptedSequences();
  readonly #rows = new MemoryRows();
  #open = true;

  constructor(options: MemoryStoreOptions) {
    this.#clock = options.clock;
    this.#limits = options.limits;
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    this.#retentionMs = options.retentionMs ?? RETENTION_MS;
  }

  async append(rows: readonly WindowRow[]): Promise<void> {
    this.#assertOpen();
    const storedMs = this.#now();
    for (const row of rows) {
      if (!this.#accepted.accept(row.writer, row.sequence)) continue;
      this.#rows.insert({ ...row, payload: row.payload.slice(), storedMs, mergeable: true });
    }
    this.#rows.remove(expiredRows(this.#rows.inOrder, storedMs, this.#retentionMs));
    await this.#rollUp(rows.length * ROLL_UPS_PER_ROW);
    await this.#squeeze();
  }

  async read(range: StoredRange): Promise<StoredWindow> {
    this.#assertOpen();
    const rows = this.inRange(range.fromMs - SPAN_SLACK_MS, range.toMs);
    const answer = { ...this.#coverage(rows, range), stored: this.#whichStored(range) };
    return { ...answer, ...(await mergeStored(rows, range, range, this.#limits)) };
  }

  async series(query: SeriesQuery): Promise<StoredSeries> {
    this.#assertOpen();
    const rows = this.inRange(query.fromMs, query.toMs);
    const answer = { ...this.#coverage(rows, query), stored: this.#whichStored(query) };
    return { ...answer, ...(await mergeSeries(rows, query, this.#limits)) };
  }

  /** The rows that overlap a range, in the order of their keys. Their payloads are not to be changed. */
  inRange(fromMs: number, toMs: number): WindowRow[] {
    return this.#rows.inOrder.filter((row) => overlaps(row, fromMs, toMs)).map(plainRow);
  }

  /** Whether a row came here, be it on its own or as a part of another. */
  hasAccepted({ writer, sequence }: Pick<WindowKey, 'writer' | 'sequence'>): boolean {
    return this.#accepted.has(writer, sequence);
  }

  /** Removes the row that begins first and gives it away. */
  takeOldest(): WindowRow | undefined {
    const [oldest] = this.#rows.inOrder;
    if (oldest === undefined) return undefined;
    this.#rows.remove([oldest]);
    return plainRow(oldest);
  }

  /** Nothing is left to do: an append does it. */
  async maintain(): Promise<void> {
    this.#assertOpen();
  }

  async erase(pseudonyms: readonly string[]): Promise<number> {
    this.#assertOpen();
    const users = new Set(pseudonyms);
    let changed = 0;
    for (const row of [...this.#rows.inOrder]) {
      await nextTurn();
      const window = this.#decode(row);
      if (window === undefined || !window.eraseUsers(users)) continue;
      this.#rows.replace([row], { ...row, payload: encodeWindow(window) });
      changed++;
    }
    return changed;
  }

  status(): StoreStatus {
    const { bytes, inOrder } = this.#rows;
    return {
      open: this.#open,
      location: 'memory',
      writers: 1,
      rows: inOrder.length,
      bytes,
      maxBytes: this.#maxBytes,
      overCap: bytes > this.#maxBytes && nextSqueeze(inOrder, this.#now()) === undefined,
      oldestMs: inOrder[0]?.minuteMs,
      newestMs: inOrder.map(endMsOf).sort((a, b) => b - a)[0],
      encryption: 'off',
      unavailable: undefined,
      waitingRows: 0,
    };
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#rows.clear();
  }

  async #rollUp(most: number): Promise<void> {
    for (let done = 0; done < most; done++) {
      const pair = nextRollUp(this.#rows.inOrder, this.#now());
      if (pair === undefined) return;
      await this.#merge(pair);
    }
  }

  async #squeeze(): Promise<void> {
    while (this.#rows.bytes > this.#maxBytes) {
      const pair = nextSqueeze(this.#rows.inOrder, this.#now());
      if (pair === undefined) return;
      await this.#merge(pair);
    }
  }

  /** One decoding or encoding a turn. Each time around, one row fewer can be merged. */
  async #merge(pair: Pair<MemoryRow>): Promise<void> {
    const [earlier, later] = pair;
    await nextTurn();
    const window = this.#decode(earlier);
    if (window === undefined) return;
    await nextTurn();
    const other = this.#decode(later);
    if (other === undefined) return;
    await nextTurn();
    const merged = mergeRows({ row: earlier, window }, { row: later, window: other });
    const storedMs = Math.max(earlier.storedMs, later.storedMs);
    this.#rows.replace(pair, { ...merged, storedMs, mergeable: true });
  }

  /** @returns undefined where the payload is no window; the row is then left out of all further planning */
  #decode(row: MemoryRow): Window | undefined {
    try {
      return decodeWindow(row.payload, this.#limits);
    } catch {
      this.#rows.replace([row], { ...row, mergeable: false });
      return undefined;
    }
  }

  /** Rows are as wide as their age has made them, and an answer covers every row that it touches. */
  #coverage(rows: readonly WindowRow[], { fromMs, toMs }: StoredRange): Omit<StoredAnswer, 'stored'> {
    const counted = rows.filter((row) => overlaps(row, fromMs, toMs));
    const spanMs = Math.max(MINUTE_MS, ...counted.map((row) => row.spanMs));
    const resolution = spanMs > HOUR_MS ? 'day' : spanMs > MINUTE_MS ? 'hour' : 'minute';
    return {
      fromMs: Math.min(floorTo(fromMs, MINUTE_MS), ...counted.map((row) => row.minuteMs)),
      toMs: Math.max(ceilTo(toMs, MINUTE_MS), ...counted.map(endMsOf)),
      resolution,
      skippedRows: 0,
      partial: false,
    };
  }

  #whichStored({ unstored = [] }: StoredRange): boolean[] {
    return unstored.map((key) => this.hasAccepted(key));
  }

  /** Steady milliseconds. */
  #now(): number {
    return this.#steadyTime.at(this.#clock.now());
  }

  #assertOpen(): void {
    if (!this.#open) throw storeClosed('The memory store');
  }
}

function plainRow({ minuteMs, spanMs, writer, sequence, payload }: MemoryRow): WindowRow {
  return { minuteMs, spanMs, writer, sequence, payload };
}
