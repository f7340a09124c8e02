import { DAY_MS, HOUR_MS } from '@tacho/core';
import type { Accepted } from './accepted.ts';
import type { Dictionary } from './dictionary.ts';
import type { FileSpace } from './file-space.ts';
import type { Renewal } from './renewal.ts';
import type { Retention } from './retention.ts';
import type { RollUp } from './roll-up.ts';

/** How often it is looked for what may be forgotten. Steady milliseconds. */
const FORGET_EVERY_MS = HOUR_MS;
/** Names and writers are forgotten when the rows that were about them have been gone for a while. */
const FORGET_AFTER_MS = 7 * DAY_MS;

export interface HousekeepingParts {
  readonly accepted: Accepted;
  readonly dictionary: Dictionary;
  readonly space: FileSpace;
  readonly renewal: Renewal;
  readonly retention: Retention;
  readonly rollUp: RollUp;
  /** Of the file. */
  readonly maxBytes: number;
  /** Steady milliseconds for which any row is kept. */
  readonly longestMs: number;
}

/** What there is to do in a store's file, in short steps. */
export class Housekeeping {
  readonly #parts: HousekeepingParts;
  #isOverCap = false;
  #nextForgettingMs = Number.NEGATIVE_INFINITY;

  constructor(parts: HousekeepingParts) {
    this.#parts = parts;
  }

  /** As of the last step that looked. */
  get isOverCap(): boolean {
    return this.#isOverCap;
  }

  /** The first of what there is to do. Part of the caller's transaction. @returns false where there is nothing */
  step(steadyMs: number): boolean {
    const { rollUp, renewal, retention } = this.#parts;
    return (
      rollUp.step(steadyMs) ||
      renewal.step() ||
      retention.step(steadyMs) ||
      this.#squeeze() ||
      this.#forget(steadyMs)
    );
  }

  #squeeze(): boolean {
    const { space, retention, maxBytes } = this.#parts;
    const isOver = space.usedBytes > maxBytes;
    const isSqueezed = isOver && retention.squeeze();
    this.#isOverCap = isOver && !isSqueezed;
    return isSqueezed;
  }

  #forget(steadyMs: number): boolean {
    if (steadyMs < this.#nextForgettingMs) return false;
    const { dictionary, accepted, longestMs } = this.#parts;
    this.#nextForgettingMs = steadyMs + FORGET_EVERY_MS;
    dictionary.remove(steadyMs - longestMs - FORGET_AFTER_MS);
    accepted.forget(steadyMs - longestMs - FORGET_AFTER_MS);
    return true;
  }
}
