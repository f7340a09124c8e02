import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS, DEFAULT_LIMITS } from '@tacho/core';
import { Keyring } from '@tacho/store';
import { openStoreFile, type StoreFile } from '../../src/file/open-store-file.ts';
import { WindowRows, type WindowRowsOptions } from '../../src/rows/window-rows.ts';

/** 2026-03-11T12:00:00Z, a Wednesday. */
export const NOON_MS = Date.UTC(2026, 2, 11, 12);
export const ALL_TIME = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

export type RowsOptions = Partial<Omit<WindowRowsOptions, 'database'>>;

/** A store's file in a folder of its own, and any number of processes' rows in it. */
export class StoreBench {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tacho-rows-'));
  readonly #files: StoreFile[] = [];

  get path(): string {
    return join(this.#folder, 'tacho.db');
  }

  /** As another process would open it. */
  open(options: RowsOptions = {}): WindowRows & { readonly file: StoreFile } {
    const file = openStoreFile(this.path, { mode: 'create', busyTimeoutMs: 1000 });
    this.#files.push(file);
    const rows = new WindowRows({
      database: file.database,
      keyring: Keyring.of([]),
      limits: DEFAULT_LIMITS,
      retentionMs: { minute: 30 * DAY_MS, hour: 30 * DAY_MS, day: 30 * DAY_MS },
      maxBytes: 1e9,
      writer: `process-${this.#files.length}`,
      ...options,
    });
    return Object.assign(rows, { file });
  }

  close(): void {
    for (const file of this.#files) file.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
