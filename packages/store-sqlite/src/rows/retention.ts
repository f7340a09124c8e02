import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DAY_MS, floorTo, MINUTE_MS } from '@tacho/core';
import type { DroppedDaysList } from './dropped-days.ts';
import { DAY, HOUR, MINUTE, SLICE, type ViewLevel } from './levels.ts';
import { MAX_EPOCH_MS } from './stored-row.ts';

/** Steady milliseconds for which rows of each level are kept. */
export interface RetentionMs {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
}

/** What is deleted at once takes a few milliseconds. */
const MAX_DELETED = { [SLICE]: 32, [MINUTE]: 8, [HOUR]: 4 } as const;
/** How often it is looked for days that have expired. Steady milliseconds. */
const LOOK_EVERY_MS = 10 * MINUTE_MS;
const LEVELS = [MINUTE, HOUR, DAY] as const;

/**
 * Lets whole days go: of each level those whose newest row is older than its retention, and where room is needed the
 * oldest. A day's minutes go before its hours, and these before the day; no row goes that is not part of one of the
 * next level, but together with its day. Each call is part of the caller's transaction.
 */
export class Retention {
  readonly #dropped: DroppedDaysList;
  readonly #retentionMs: Readonly<Record<ViewLevel, number>>;
  readonly #nextMinute: StatementSync;
  readonly #youngRow: StatementSync;
  readonly #oldestRolled: StatementSync;
  readonly #deleteRolled: StatementSync;
  readonly #deleteAny: StatementSync;
  readonly #anyRow: StatementSync;
  #nextLookMs = Number.NEGATIVE_INFINITY;

  constructor(database: DatabaseSync, dropped: DroppedDaysList, { minute, hour, day }: RetentionMs) {
    this.#dropped = dropped;
    this.#retentionMs = {
      [MINUTE]: minute,
      [HOUR]: Math.max(minute, hour),
      [DAY]: Math.max(minute, hour, day),
    };
    const within = 'level = ? AND minute >= ? AND minute < ?';
    this.#nextMinute = database.prepare(
      `SELECT minute FROM window WHERE level = ? AND minute BETWEEN ? AND ${MAX_EPOCH_MS} ORDER BY minute LIMIT 1`,
    );
    this.#youngRow = database.prepare(
      `SELECT 1 FROM window WHERE ${within} AND stored > ? ORDER BY minute DESC LIMIT 1`,
    );
    this.#oldestRolled = database.prepare(
      `SELECT minute FROM window WHERE level = ? AND rolled = 1 AND minute BETWEEN 0 AND ${MAX_EPOCH_MS}
       ORDER BY minute LIMIT 1`,
    );
    const deleteSome = (condition: string): StatementSync =>
      database.prepare(
        `DELETE FROM window WHERE id IN (SELECT id FROM window WHERE ${within} ${condition} LIMIT ?)`,
      );
    this.#deleteRolled = deleteSome('AND rolled = 1');
    this.#deleteAny = deleteSome('');
    this.#anyRow = database.prepare(`SELECT 1 FROM window WHERE ${within} LIMIT 1`);
  }

  /** Goes on with what has begun, or else begins with a day that has expired. @returns whether anything was done */
  step(steadyMs: number): boolean {
    if (steadyMs < this.#nextLookMs) return false;
    if (this.#sweep()) return true;
    for (const level of LEVELS) {
      for (const dayMs of this.#days(level)) {
        if (this.#isExpired(level, dayMs, steadyMs) && this.#drop(level, dayMs, this.#deleteAny)) return true;
      }
    }
    this.#nextLookMs = steadyMs + LOOK_EVERY_MS;
    return false;
  }

  /** Makes room. @returns false where there is nothing to let go */
  squeeze(): boolean {
    if (this.#sweep()) return true;
    for (const level of [MINUTE, HOUR] as const) {
      const minute = this.#oldestRolled.get(level)?.minute;
      if (typeof minute === 'number') return this.#drop(level, floorTo(minute, DAY_MS), this.#deleteRolled);
    }
    const oldest = this.#nextMinute.get(DAY, 0)?.minute;
    return typeof oldest === 'number' && this.#drop(DAY, floorTo(oldest, DAY_MS), this.#deleteRolled);
  }

  /** Says so first, since rows go a few at a time. @param remove what to do with rows below a day that is dropped */
  #drop(level: ViewLevel, dayMs: number, remove: StatementSync): boolean {
    if (level === DAY) return this.#dropWhole(dayMs, remove);
    if (this.#dropped.get()[level].includes(dayMs)) return false;
    this.#dropped.add(level, dayMs);
    this.#sweepDay(level, dayMs);
    return true;
  }

  /** The days last: until they go, they answer for all. */
  #dropWhole(dayMs: number, remove: StatementSync): boolean {
    const range = [dayMs, dayMs + DAY_MS] as const;
    for (const level of [SLICE, MINUTE, HOUR] as const) {
      if (Number(remove.run(level, ...range, MAX_DELETED[level]).changes) > 0) return true;
    }
    const gone = this.#deleteAny.run(DAY, ...range, Number.MAX_SAFE_INTEGER);
    this.#forgetEmpty(dayMs);
    return Number(gone.changes) > 0;
  }

  /** Removes rows of days that are known to be dropped. */
  #sweep(): boolean {
    const dropped = this.#dropped.get();
    for (const level of [MINUTE, HOUR] as const) {
      for (const dayMs of dropped[level]) if (this.#sweepDay(level, dayMs)) return true;
    }
    return false;
  }

  #sweepDay(level: typeof MINUTE | typeof HOUR, dayMs: number): boolean {
    return Number(this.#deleteRolled.run(level, dayMs, dayMs + DAY_MS, MAX_DELETED[level]).changes) > 0;
  }

  /** Once a day is empty, nothing of it is missing any more: rows may still come late. */
  #forgetEmpty(dayMs: number): void {
    const isEmpty = [0, 1, 2].every((level) => this.#anyRow.get(level, dayMs, dayMs + DAY_MS) === undefined);
    if (isEmpty) this.#dropped.remove(dayMs);
  }

  *#days(level: ViewLevel): Generator<number, void, undefined> {
    for (let fromMs = 0; ; ) {
      const minute = this.#nextMinute.get(level, fromMs)?.minute;
      if (typeof minute !== 'number') return;
      const dayMs = floorTo(minute, DAY_MS);
      yield dayMs;
      fromMs = dayMs + DAY_MS;
    }
  }

  /** By the newest row of the day, of this level and below: a day is dropped once it is whole. */
  #isExpired(level: ViewLevel, dayMs: number, steadyMs: number): boolean {
    const youngMs = steadyMs - this.#retentionMs[level];
    for (let of = level as number; of >= 0; of--) {
      if (this.#youngRow.get(of, dayMs, dayMs + DAY_MS, youngMs) !== undefined) return false;
    }
    return true;
  }
}
