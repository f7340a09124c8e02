import type { WindowLimits } from '@tacho/core';
import type { Keyring } from '@tacho/store';
import { openStoreFile, type StoreFile } from '../file/open-store-file.ts';
import { SqliteJournal } from '../journal/sqlite-journal.ts';
import { Meta } from '../rows/meta.ts';
import type { RetentionMs } from '../rows/retention.ts';
import { SteadyClock } from '../rows/steady-clock.ts';
import { WindowRows } from '../rows/window-rows.ts';
import { Sealings } from './sealings.ts';
import { SqliteState } from './sqlite-state.ts';

/** How long a statement waits for another process: the caller waits in memory better than here. */
const BUSY_TIMEOUT_MS = 500;

export interface OpenStoreOptions {
  /** Absolute. */
  readonly path: string;
  readonly keyring: Keyring;
  readonly limits: WindowLimits;
  readonly retentionMs: RetentionMs;
  readonly maxBytes: number;
  readonly writer: string;
}

/** A store's file and what is in it. */
export interface OpenStore {
  readonly file: StoreFile;
  readonly sealings: Sealings;
  readonly rows: WindowRows;
  readonly journal: SqliteJournal;
  readonly state: SqliteState;
}

/** @throws TachoError as `openStoreFile`; `TACHO_STORE_ENCRYPTED`; `TACHO_STORE_WRONG_KEY` */
export function openStore(options: OpenStoreOptions): OpenStore {
  const file = openStoreFile(options.path, { mode: 'create', busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    return contentsOf(file, options);
  } catch (error) {
    file.close();
    throw error;
  }
}

function contentsOf(file: StoreFile, { path: _, ...options }: OpenStoreOptions): OpenStore {
  const { database } = file;
  const { keyring, retentionMs, maxBytes } = options;
  const sealings = new Sealings(database, keyring);
  sealings.assertReadable();
  const meta = new Meta(database, keyring);
  const steady = new SteadyClock(database, meta);
  return {
    file,
    sealings,
    rows: new WindowRows({ database, ...options }),
    journal: new SqliteJournal({ database, keyring, meta, steady, retentionMs: retentionMs.day, maxBytes }),
    state: new SqliteState(database, keyring),
  };
}
