import { EndpointStats } from './endpoint-stats.ts';
import { boundedText, compareText, keptText } from './kept-text.ts';
import { OVERFLOW_ROUTE, type RequestRecord } from './record.ts';

/** The method under which the overflow entry is shown. */
export const OVERFLOW_METHOD = '*';

export interface EndpointName {
  readonly method: string;
  readonly route: string;
}

export interface EndpointEntry extends EndpointName {
  readonly stats: EndpointStats;
}

/** Whoever reads stored entries holds no more of them before those past a cap are folded, so that nonsense stays small. */
export const MAX_UNFOLDED = 10_000;

/** The name of the overflow entry. */
export const OVERFLOW: EndpointName = { method: OVERFLOW_METHOD, route: OVERFLOW_ROUTE };

/** The name of an endpoint: `METHOD route`. A method holds no space, so no two endpoints share a name. */
export function endpointName(entry: EndpointName): string {
  return `${entry.method} ${entry.route}`;
}

export function isOverflow(entry: EndpointName): boolean {
  return entry.method === OVERFLOW_METHOD && entry.route === OVERFLOW_ROUTE;
}

/** Most requests first; ties in the order of method and route. */
export function busiestFirst(a: EndpointEntry, b: EndpointEntry): number {
  return b.stats.total - a.stats.total || compareText(a.method, b.method) || compareText(a.route, b.route);
}

/**
 * Stats by method and route, for at most `maxEndpoints` endpoints. Requests of further ones, and those whose route
 * is `OVERFLOW_ROUTE`, are counted in one entry more, `* {overflow}`, so that the sum over all entries is always
 * exact.
 *
 * `merge` is associative and commutative as long as the endpoints of all that is merged fit; past that, the sums
 * still are, and the busiest endpoints keep their entries: one first seen after a flood of others gets its own
 * once its requests are merged from a later table.
 */
export class EndpointTable {
  readonly maxEndpoints: number;
  /** By route, an entry for each method: few, as a rule one. */
  readonly #entriesByRoute = new Map<string, EndpointEntry[]>();
  #own: EndpointEntry[] = [];
  #overflow: EndpointEntry | undefined;
  #folds = 0;

  constructor(maxEndpoints: number) {
    this.maxEndpoints = maxEndpoints;
  }

  /** Number of endpoints that have an entry of their own: the overflow entry is not among them. */
  get size(): number {
    return this.#own.length;
  }

  /** The entries of those endpoints: a view, to be read at once. */
  get own(): readonly EndpointEntry[] {
    return this.#own;
  }

  get overflow(): EndpointEntry | undefined {
    return this.#overflow;
  }

  /** Rises when entries may have lost their place: whoever holds on to one has to look again. */
  get folds(): number {
    return this.#folds;
  }

  /** The stats in which an endpoint's requests count: undefined where it has no entry yet. */
  statsOf(name: EndpointName): EndpointStats | undefined {
    return this.#ownFor(name)?.stats;
  }

  /** @param record with valid numbers; `Window.record` has checked them */
  record(record: RequestRecord): void {
    const entry = this.#find(record.method, record.route) ?? this.#admit(record.method, record.route);
    entry.stats.record(record);
  }

  /** Adds everything that `other` holds. `other` is left as it was, and may be this table. */
  merge(other: EndpointTable): void {
    this.adoptAll(this.#mergeKnown(other).map(copyOf));
  }

  /** Takes over everything that `other` holds, which is not to be used any more. */
  takeOver(other: EndpointTable): void {
    this.adoptAll(this.#mergeKnown(other));
  }

  /**
   * Adds entries of endpoints that have none here, as `merge` would: the busiest of all get their own. They become
   * the table's own; nobody else may use them.
   */
  adoptAll(entries: readonly EndpointEntry[]): void {
    if (this.size + entries.length <= this.maxEndpoints) {
      for (const entry of entries) this.adopt(entry);
      return;
    }
    this.#folds++;
    for (const entry of [...this.#takeOut(), ...entries].sort(busiestFirst)) this.adopt(entry);
  }

  /** Adds an entry as if its requests had been recorded here. It becomes the table's own; nobody else may use it. */
  adopt(entry: EndpointEntry): void {
    const own = this.#ownFor(entry);
    if (own !== undefined) own.stats.merge(entry.stats);
    else if (this.size < this.maxEndpoints) this.#insert(entry);
    else this.#overflowEntry().stats.merge(entry.stats);
  }

  /** Every entry in an array of the caller's own; the overflow entry last if there is one. */
  entries(): EndpointEntry[] {
    return this.#overflow === undefined ? [...this.#own] : [...this.#own, this.#overflow];
  }

  /** The stats of all entries together. */
  total(): EndpointStats {
    const total = new EndpointStats();
    for (const { stats } of this.entries()) total.merge(stats);
    return total;
  }

  /** @param endpoint `METHOD route`; `* {overflow}` is the overflow entry */
  get(endpoint: string): EndpointEntry | undefined {
    const space = endpoint.indexOf(' ');
    if (space < 0) return undefined;
    const method = endpoint.slice(0, space);
    const route = endpoint.slice(space + 1);
    return isOverflow({ method, route }) ? this.#overflow : this.#find(method, route);
  }

  /** Merges the entries of endpoints that have one here. @returns the others */
  #mergeKnown(other: EndpointTable): EndpointEntry[] {
    const strangers: EndpointEntry[] = [];
    for (const entry of other.entries()) {
      const own = this.#ownFor(entry);
      if (own === undefined) strangers.push(entry);
      else own.stats.merge(entry.stats);
    }
    return strangers;
  }

  #find(method: string, route: string): EndpointEntry | undefined {
    const entries = this.#entriesByRoute.get(route);
    if (entries === undefined) return undefined;
    for (let index = 0; index < entries.length; index++) {
      if (entries[index]!.method === method) return entries[index];
    }
    return undefined;
  }

  /** Where the requests of an entry count in this table, without making room for them. */
  #ownFor({ method, route }: EndpointName): EndpointEntry | undefined {
    return route === OVERFLOW_ROUTE ? this.#overflowEntry() : this.#find(method, route);
  }

  #admit(method: string, route: string): EndpointEntry {
    if (route === OVERFLOW_ROUTE) return this.#overflowEntry();
    const known = this.#find(boundedText(method), boundedText(route));
    if (known !== undefined) return known;
    if (this.size >= this.maxEndpoints) return this.#overflowEntry();
    const entry = { method: keptText(method), route: keptText(route), stats: new EndpointStats() };
    this.#insert(entry);
    return entry;
  }

  #insert(entry: EndpointEntry): void {
    const entries = this.#entriesByRoute.get(entry.route);
    if (entries === undefined) this.#entriesByRoute.set(entry.route, [entry]);
    else entries.push(entry);
    this.#own.push(entry);
  }

  #overflowEntry(): EndpointEntry {
    this.#overflow ??= { ...OVERFLOW, stats: new EndpointStats() };
    return this.#overflow;
  }

  /** Leaves nothing but the overflow entry. @returns the others */
  #takeOut(): EndpointEntry[] {
    const own = this.#own;
    this.#own = [];
    this.#entriesByRoute.clear();
    return own;
  }
}

function copyOf({ method, route, stats }: EndpointEntry): EndpointEntry {
  const copy = new EndpointStats();
  copy.merge(stats);
  return { method, route, stats: copy };
}
