import { SECOND_MS, type WindowLimits } from '@tacho/core';
import {
  nextTurn,
  type SeriesQuery,
  type StoredRange,
  type StoredSeries,
  type StoredWindow,
  type StoreStatus,
  type WindowRow,
  type WindowStore,
} from '@tacho/store';
import { decodeSteps } from '../engine/series-parts.ts';
import { decodeParts } from '../engine/window-parts.ts';
import type { StoreFigures } from './messages.ts';
import { storeClosed } from './store-closed.ts';
import type { WorkerClient } from './worker-client.ts';

const WRITE_LIMIT_MS = 5 * SECOND_MS;
const READ_LIMIT_MS = 30 * SECOND_MS;

export interface WorkerWindowsOptions {
  readonly client: WorkerClient;
  readonly location: string;
  readonly limits: WindowLimits;
  readonly maxBytes: number;
  /** What to say of it until the worker has. */
  readonly encryption: StoreFigures['encryption'];
  onClose(): Promise<void>;
}

/** The windows of a store whose work is done in a worker. */
export class WorkerWindows implements WindowStore {
  readonly #options: WorkerWindowsOptions;
  #figures: StoreFigures;
  #open = true;

  constructor(options: WorkerWindowsOptions) {
    this.#options = options;
    this.#figures = {
      writers: 1,
      rows: 0,
      bytes: 0,
      overCap: false,
      oldestMs: undefined,
      newestMs: undefined,
      encryption: options.encryption,
      unavailable: undefined,
    };
  }

  /** What the worker has told of itself. */
  update(figures: StoreFigures): void {
    this.#figures = figures;
  }

  async append(rows: readonly WindowRow[]): Promise<void> {
    // What is handed over is a copy: of a view, the whole buffer behind it would be cloned.
    const copies = rows.map((row) => ({ ...row, payload: row.payload.slice() }));
    await this.#client.call(
      'append',
      [copies],
      WRITE_LIMIT_MS,
      copies.map(({ payload }) => payload.buffer),
    );
  }

  async read(range: StoredRange): Promise<StoredWindow> {
    const { parts, ...answer } = await this.#client.call('read', [plainRange(range)], READ_LIMIT_MS);
    return { ...answer, window: await decodeParts(parts, this.#options.limits, nextTurn) };
  }

  async series(query: SeriesQuery): Promise<StoredSeries> {
    const { stepMs, endpoint } = query;
    const asked = { ...plainRange(query), stepMs, endpoint };
    const { parts, ...answer } = await this.#client.call('series', [asked], READ_LIMIT_MS);
    return { ...answer, steps: await decodeSteps(parts, this.#options.limits, nextTurn) };
  }

  async maintain(): Promise<void> {
    await this.#client.call('maintain', [], READ_LIMIT_MS);
  }

  async erase(pseudonyms: readonly string[]): Promise<number> {
    return this.#client.call('erase', [pseudonyms], READ_LIMIT_MS);
  }

  status(): StoreStatus {
    const { location, maxBytes } = this.#options;
    return { ...this.#figures, open: this.#open, location, maxBytes, waitingRows: 0 };
  }

  async close(): Promise<void> {
    this.#open = false;
    await this.#options.onClose();
  }

  get #client(): WorkerClient {
    if (!this.#open) throw storeClosed();
    return this.#options.client;
  }
}

/** Of what the caller hands in, only what can be cloned: keys may be whole rows, with windows in them. */
function plainRange({ fromMs, toMs, users = true, unstored = [] }: StoredRange): StoredRange {
  const keys = unstored.map(({ minuteMs, writer, sequence }) => ({ minuteMs, writer, sequence }));
  return { fromMs, toMs, users, unstored: keys };
}
