/** How long a difference between the two clocks may be taken to hold. */
const HOLDS_MS = 500;

/**
 * The epoch at a moment of the monotonic clock. Both clocks have to be read for that, and they hardly drift apart: so
 * the wall clock is read twice a second at most, and a clock that is set is followed within half a second.
 */
export class EpochClock {
  readonly #now: () => number;
  #epochAtZeroMs = 0;
  #readAt = Number.NEGATIVE_INFINITY;

  /** @param now epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param at milliseconds of the monotonic clock, just read. @returns epoch milliseconds */
  at(at: number): number {
    if (at - this.#readAt > HOLDS_MS) {
      this.#readAt = at;
      this.#epochAtZeroMs = this.#now() - at;
    }
    return this.#epochAtZeroMs + at;
  }
}
