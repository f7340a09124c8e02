import { HOUR, MINUTE } from './levels.ts';
import type { Meta } from './meta.ts';
import type { DroppedDays } from './segments.ts';

/** Kept in the file: said before the first row of a day goes, so that nobody takes what is left of it for all. */
export class DroppedDaysList {
  readonly #meta: Meta;

  constructor(meta: Meta) {
    this.#meta = meta;
  }

  /** @throws TachoError `TACHO_STORE_CORRUPT`: without it, nobody knows which days are whole */
  get(): DroppedDays {
    const stored = (this.#meta.getSurely('dropped days') ?? {}) as Readonly<Record<string, unknown>>;
    return { [MINUTE]: daysIn(stored.minute), [HOUR]: daysIn(stored.hour) };
  }

  /** Part of the caller's transaction, like `remove`. */
  add(level: typeof MINUTE | typeof HOUR, dayMs: number): void {
    const dropped = this.get();
    const hours = level === HOUR ? withDay(dropped[HOUR], dayMs) : dropped[HOUR];
    this.#set({ [MINUTE]: withDay(dropped[MINUTE], dayMs), [HOUR]: hours });
  }

  remove(dayMs: number): void {
    const dropped = this.get();
    if (!dropped[MINUTE].includes(dayMs)) return;
    const without = (days: readonly number[]): number[] => days.filter((day) => day !== dayMs);
    this.#set({ [MINUTE]: without(dropped[MINUTE]), [HOUR]: without(dropped[HOUR]) });
  }

  #set(dropped: DroppedDays): void {
    this.#meta.set('dropped days', { minute: dropped[MINUTE], hour: dropped[HOUR] });
  }
}

function withDay(days: readonly number[], dayMs: number): number[] {
  return [...new Set([...days, dayMs])].sort((a, b) => a - b);
}

function daysIn(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((day) => Number.isSafeInteger(day)) : [];
}
