import { dirname } from 'node:path';
import { TachoError } from '@tacho/core';
import { HealingLock } from '../engine/healing-lock.ts';
import { moveAside } from '../file/move-aside.ts';
import { openStoreFile, type StoreFile } from '../file/open-store-file.ts';
import { makePrivateFolder } from '../file/private-files.ts';
import { TOOL_BUSY_TIMEOUT_MS } from './check-copy.ts';
import { exists, publishNew, taken } from './temporary-file.ts';

/**
 * The place of a store's file, held while another file is put there, so that nobody writes to what is there now, nor
 * begins a new one. Services notice by themselves that theirs was replaced.
 */
export class Place {
  readonly #path: string;
  readonly #present: StoreFile | undefined;

  /** @throws TachoError `TACHO_STORE_LOCKED` where the file is still being written after 5 seconds */
  constructor(path: string) {
    this.#path = path;
    this.#present = openPresent(path);
    this.#lock();
  }

  /**
   * Puts the file in the place. What was there is moved aside, as `<path>.<label>-<utc>`.
   *
   * @returns where it is now; undefined where there was nothing
   */
  take(temporary: string, label: string, nowMs: number): string | undefined {
    let previous: string | undefined;
    new HealingLock(this.#path).hold(nowMs, () => {
      if (exists(this.#path)) previous = moveAside(this.#path, nowMs, label);
      if (!publishNew(temporary, this.#path)) throw taken(this.#path);
    });
    return previous;
  }

  /** The second time it does nothing. */
  leave(): void {
    this.#present?.close();
  }

  #lock(): void {
    try {
      this.#present?.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      this.#present?.database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      this.leave();
      throw error;
    }
  }
}

/** @returns undefined where there is no file, or one that can't be written, be it damaged or a later version's */
function openPresent(path: string): StoreFile | undefined {
  makePrivateFolder(dirname(path));
  try {
    return openStoreFile(path, { mode: 'existing', busyTimeoutMs: TOOL_BUSY_TIMEOUT_MS });
  } catch (error) {
    if (error instanceof TachoError && WITHOUT_LOCK.has(error.code)) return undefined;
    throw error;
  }
}

const WITHOUT_LOCK = new Set(['TACHO_STORE_MISSING', 'TACHO_STORE_CORRUPT', 'TACHO_STORE_NEWER']);
