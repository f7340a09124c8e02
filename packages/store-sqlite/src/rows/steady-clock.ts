import type { DatabaseSync } from 'node:sqlite';
import { DAY_MS } from '@tacho/core';
import { MAX_STEP_MS } from '@tacho/store';
import type { Meta } from './meta.ts';
import { PLAUSIBLE } from './stored-row.ts';

/** The most that passes between the last look of any process and the first look of one that has just begun. */
const MAX_DOWNTIME_MS = 7 * DAY_MS;
/** A clock that is back by less is out of step, and is waited for; one that is back by more was set. */
const MAX_WAIT_MS = MAX_STEP_MS;

/** Where it is kept. */
export const STEADY = 'steady time';

interface Look {
  readonly steadyMs: number;
  /** Epoch milliseconds, as the clock told them. */
  readonly clockMs: number;
}

/**
 * `SteadyTime` of all processes that share the store, in milliseconds since its first look: kept in the file, so
 * that it goes on from one process to the next. A process that has just begun believes the clock for a week, since
 * nobody may have looked at it in that time.
 */
export class SteadyClock {
  readonly #meta: Meta;
  readonly #database: DatabaseSync;
  #hasLooked = false;

  constructor(database: DatabaseSync, meta: Meta) {
    this.#database = database;
    this.#meta = meta;
  }

  /** The time as `at` would tell it, without a look. @param nowMs epoch milliseconds, as the clock tells them */
  peek(nowMs: number): number {
    const last = this.#lastLook();
    const mostMs = this.#hasLooked ? MAX_STEP_MS : MAX_DOWNTIME_MS;
    const passedMs = nowMs - (last.clockMs ?? nowMs);
    return last.steadyMs + Math.min(Math.max(Math.floor(passedMs), 0), mostMs);
  }

  /** Part of the caller's transaction. @param nowMs epoch milliseconds, as the clock tells them */
  at(nowMs: number): number {
    const last = this.#lastLook();
    const passedMs = nowMs - (last.clockMs ?? nowMs);
    const steadyMs = this.peek(nowMs);
    const isBehind = passedMs < 0 && passedMs > -MAX_WAIT_MS;
    const look: Look = { steadyMs, clockMs: isBehind ? (last.clockMs ?? nowMs) : nowMs };
    this.#meta.set(STEADY, look);
    this.#hasLooked = true;
    return steadyMs;
  }

  /** Where it can't be read, time goes on from the last row that was stored. */
  #lastLook(): { steadyMs: number; clockMs: number | undefined } {
    const look = this.#meta.get(STEADY);
    if (isLook(look)) return look;
    const storedMs = this.#database
      .prepare(`SELECT max(stored) AS stored FROM window WHERE ${PLAUSIBLE}`)
      .get()?.stored;
    return { steadyMs: typeof storedMs === 'number' ? storedMs : 0, clockMs: undefined };
  }
}

function isLook(value: unknown): value is Look {
  const { steadyMs, clockMs } = (value ?? {}) as Partial<Record<keyof Look, unknown>>;
  return Number.isSafeInteger(steadyMs) && Number.isFinite(clockMs);
}
