import type { WindowLimits } from '@tacho/core';
import type { Keyring, SeriesQuery, StoredRange } from '@tacho/store';
import { Sealings } from '../engine/sealings.ts';
import { encodeSteps } from '../engine/series-parts.ts';
import { encodeParts } from '../engine/window-parts.ts';
import { openStoreFile, type StoreFile } from '../file/open-store-file.ts';
import { storeError } from '../file/sqlite-error.ts';
import { RowsToRead } from '../rows/rows-to-read.ts';
import type { SeriesAnswer, WindowAnswer } from '../worker/messages.ts';
import { TOOL_BUSY_TIMEOUT_MS } from './check-copy.ts';

export interface ReadingEngineOptions {
  readonly file: string;
  readonly keyring: Keyring;
  readonly limits: WindowLimits;
}

interface OpenReading {
  readonly file: StoreFile;
  readonly rows: RowsToRead;
}

/**
 * A reading, synchronously, as its worker does it. Keeps the file open, for what was merged once is then not merged
 * again; opens it anew where another file has taken its place, and after an error.
 */
export class ReadingEngine {
  readonly #options: ReadingEngineOptions;
  #current: OpenReading | undefined;

  constructor(options: ReadingEngineOptions) {
    this.#options = options;
  }

  /** @throws TachoError as `StoreTools` says, and so do the others */
  open(): void {
    this.#look(() => {});
  }

  read(nowMs: number, range: StoredRange): WindowAnswer {
    const { window, ...answer } = this.#look((rows) => rows.read(range, nowMs));
    return { ...answer, stored: [], parts: encodeParts(window) };
  }

  series(nowMs: number, query: SeriesQuery): SeriesAnswer {
    const { steps, ...answer } = this.#look((rows) => rows.series(query, nowMs));
    return { ...answer, stored: [], parts: encodeSteps(steps, this.#options.limits) };
  }

  #look<Result>(work: (rows: RowsToRead) => Result): Result {
    try {
      if (this.#current?.file.isInPlace() === false) this.#close();
      this.#current ??= this.#opened();
      return work(this.#current.rows);
    } catch (error) {
      this.#close();
      throw storeError(error, this.#options.file);
    }
  }

  #opened(): OpenReading {
    const { file: path, keyring, limits } = this.#options;
    const file = openStoreFile(path, { mode: 'read-only', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
    try {
      const { database } = file;
      new Sealings(database, keyring).assertReadable();
      return { file, rows: new RowsToRead({ database, keyring, limits }) };
    } catch (error) {
      file.close();
      throw error;
    }
  }

  #close(): void {
    const current = this.#current;
    this.#current = undefined;
    current?.file.close();
  }
}
