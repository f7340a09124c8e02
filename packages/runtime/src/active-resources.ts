/** A list of as many takes about two milliseconds to make, as often as this is read. */
const MOST_EACH_TIME = 20_000;
/** Readings for which the counts of a longer one serve. */
const READINGS = 6;

/**
 * How many sockets, timers and the like keep the event loop going, by type. Where they are very many, they are not
 * counted anew each time: the counts may be five readings old then.
 */
export class ActiveResources {
  #counts: ReadonlyMap<string, number> = new Map();
  #readingsLeft = 0;

  read(): ReadonlyMap<string, number> {
    if (this.#readingsLeft > 0) {
      this.#readingsLeft--;
      return this.#counts;
    }
    const types = process.getActiveResourcesInfo();
    const counts = new Map<string, number>();
    for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
    this.#counts = counts;
    if (types.length > MOST_EACH_TIME) this.#readingsLeft = READINGS - 1;
    return counts;
  }

  readTotal(): number {
    return [...this.read().values()].reduce((sum, count) => sum + count, 0);
  }
}
