import { type Clock, decodeWindow, type Window, type WindowLimits } from '@tacho/core';
import { AcceptedSequences } from './accepted-sequences.ts';
import { type MemoryRow, MemoryRows } from './memory-rows.ts';
import { mergeRows } from './merge-rows.ts';
import { nextTurn } from './next-turn.ts';
import { expiredRows, RETENTION_MS } from './retention.ts';
import { nextRollUp, nextSqueeze, type Pair } from './roll-up.ts';
import { SteadyTime } from './steady-time.ts';
import { storeClosed } from './store-closed.ts';
import { endMsOf, overlaps } from './window-span.ts';
import type { StoreStatus, WindowRow, WindowStore } from './window-store.ts';

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

  async read(fromMs: number, toMs: number): Promise<WindowRow[]> {
    this.#assertOpen();
    return this.#rows.inOrder
      .filter((row) => overlaps(row, fromMs, toMs))
      .map(({ minuteMs, spanMs, writer, sequence, payload }) => ({
        minuteMs,
        spanMs,
        writer,
        sequence,
        payload,
      }));
  }

  async drop(beforeMs: number): Promise<number> {
    this.#assertOpen();
    const ended = this.#rows.inOrder.filter((row) => endMsOf(row) <= beforeMs);
    this.#rows.remove(ended);
    return ended.length;
  }

  status(): StoreStatus {
    const { bytes, inOrder } = this.#rows;
    return {
      open: this.#open,
      rows: inOrder.length,
      bytes,
      maxBytes: this.#maxBytes,
      overCap: bytes > this.#maxBytes && nextSqueeze(inOrder, this.#now()) === undefined,
      oldestMs: inOrder[0]?.minuteMs,
      newestMs: inOrder.map(endMsOf).sort((a, b) => b - a)[0],
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

  /** Steady milliseconds. */
  #now(): number {
    return this.#steadyTime.at(this.#clock.now());
  }

  #assertOpen(): void {
    if (!this.#open) throw storeClosed('The memory store');
  }
}
