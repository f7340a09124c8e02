import { ceilTo, floorTo, HOUR_MS, MINUTE_MS, Window } from '@tacho/core';
import type { HistoryWindow } from '@tacho/store';
import type { AlertPast } from '../../src/reading.ts';
import { LIMITS, type Measured, SLICE_MS } from './traffic.ts';

const STEPS_MS = [HOUR_MS, 5 * MINUTE_MS, SLICE_MS] as const;
/** How long the two finer ones are kept. */
const KEPT_MS = [Number.POSITIVE_INFINITY, 32 * HOUR_MS, 30 * MINUTE_MS] as const;

/** What was replayed, answered as `History` does: in whole minutes, as far as it has come. */
export class ReplayedPast implements AlertPast {
  /** By their length, from long to short: windows by their start. */
  readonly #levels: readonly Map<number, Measured>[];

  constructor(levels: readonly ReadonlyMap<number, Measured>[] = [new Map(), new Map(), new Map()]) {
    this.#levels = levels.map((level) => new Map(level));
  }

  /** Another past that goes on from here. @param untilMs a whole number of five minutes */
  upTo(untilMs: number): ReplayedPast {
    return new ReplayedPast(
      this.#levels.map(
        (level, place) => new Map([...level].filter(([startMs]) => startMs + STEPS_MS[place]! <= untilMs)),
      ),
    );
  }

  add(startMs: number, slice: Measured): void {
    this.#levels[2]!.set(startMs, slice);
    const endMs = startMs + SLICE_MS;
    for (const place of [1, 0]) {
      const stepMs = STEPS_MS[place]!;
      if (endMs % stepMs === 0) this.#levels[place]!.set(endMs - stepMs, this.#merged(endMs - stepMs, endMs));
    }
    for (const place of [1, 2]) {
      const level = this.#levels[place]!;
      for (const [oldMs] of level) {
        if (oldMs >= startMs - KEPT_MS[place]!) break;
        level.delete(oldMs);
      }
    }
  }

  async window(fromMs: number, toMs: number, { users } = { users: false }): Promise<HistoryWindow> {
    const answer = { fromMs: floorTo(fromMs, MINUTE_MS), toMs: ceilTo(toMs, MINUTE_MS) };
    const { window, users: measured } = this.#merged(answer.fromMs, answer.toMs, users);
    if (users) window.users.merge(measured.users);
    return { ...answer, window, resolution: 'minute', skippedRows: 0, partial: false };
  }

  #merged(fromMs: number, toMs: number, withUsers = true): Measured {
    const merged = { window: new Window(LIMITS), users: new Window(LIMITS) };
    for (let atMs = fromMs; atMs < toMs; ) {
      const place = STEPS_MS.findIndex(
        (stepMs, level) => atMs + stepMs <= toMs && this.#levels[level]!.has(atMs),
      );
      const found = this.#levels[place]?.get(atMs);
      if (found !== undefined) merged.window.merge(found.window);
      if (found !== undefined && withUsers) merged.users.users.merge(found.users.users);
      atMs += STEPS_MS[place] ?? SLICE_MS;
    }
    return merged;
  }
}
