import { lstatSync, mkdirSync, rmdirSync } from 'node:fs';
import { SECOND_MS, TachoError } from '@tacho/core';
import { systemCode } from '../file/sqlite-error.ts';

/** Moving aside takes milliseconds: a lock this old was left behind by a process that is gone. */
const STALE_MS = 10 * SECOND_MS;

/**
 * Lets one process at a time move a store's file aside, and no store open what stands there meanwhile. It is a
 * folder beside the file: to make one either succeeds or does not, on every file system.
 */
export class HealingLock {
  readonly #path: string;
  readonly #folder: string;

  /** @param path of the store's file */
  constructor(path: string) {
    this.#path = path;
    this.#folder = `${path}.moving`;
  }

  isHeldByAnother(nowMs: number): boolean {
    const found = lstatSync(this.#folder, { throwIfNoEntry: false });
    return found !== undefined && Math.abs(nowMs - found.mtimeMs) < STALE_MS;
  }

  /** @throws TachoError TACHO_STORE_UNAVAILABLE where another process holds it */
  assertFree(nowMs: number): void {
    if (this.isHeldByAnother(nowMs)) throw this.#held();
  }

  /** @throws TachoError TACHO_STORE_UNAVAILABLE where another process holds it; what `work` throws */
  hold(nowMs: number, work: () => void): void {
    if (!this.isHeldByAnother(nowMs)) this.#release();
    this.#take();
    try {
      work();
    } finally {
      this.#release();
    }
  }

  #take(): void {
    try {
      mkdirSync(this.#folder);
    } catch (cause) {
      throw systemCode(cause) === 'EEXIST' ? this.#held() : cause;
    }
  }

  #release(): void {
    try {
      rmdirSync(this.#folder);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }

  #held(): TachoError {
    return new TachoError('TACHO_STORE_UNAVAILABLE', `${this.#path}: the file is being replaced`);
  }
}
