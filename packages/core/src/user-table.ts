import { EndpointStats } from './endpoint-stats.ts';
import { boundedText, compareText, keptText } from './kept-text.ts';
import type { RequestRecord } from './record.ts';

export interface UserEntry {
  /** The pseudonym. */
  readonly user: string;
  readonly stats: EndpointStats;
}

/** An entry, and the most requests of its user that may have been folded before it. */
interface TrackedEntry extends UserEntry {
  folded: number;
}

/** Most requests first; ties in the order of pseudonyms. */
export function heaviestFirst(a: UserEntry, b: UserEntry): number {
  return b.stats.total - a.stats.total || compareText(a.user, b.user);
}

/**
 * Stats by pseudonym for the heaviest users: at least `maxUsers` of them, twice as many before the lightest are
 * folded into `others`. The sum over all users and `others` is exact. Of n requests a user's entry lacks at most
 * n / (maxUsers + 1), whatever the order; so everyone who has more than that has an entry, also who comes late.
 *
 * That is the guarantee of Misra and Gries ("Finding repeated elements", 1982), which survives merging (Agarwal et
 * al., "Mergeable summaries", 2012): their counter is an entry's weight, which includes what the entry may lack,
 * less the weight of the heaviest that was ever folded. A table that was stored begins again with nothing folded,
 * so that what is lacking adds up over the times that it was stored.
 */
export class UserTable {
  readonly maxUsers: number;
  /** Requests of users that were folded or erased: they are counted, but no longer told apart. */
  readonly others = new EndpointStats();
  readonly #entries = new Map<string, TrackedEntry>();
  /** No user without an entry has had more requests. */
  #mostFolded = 0;

  constructor(maxUsers: number) {
    this.maxUsers = maxUsers;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** @param record with valid numbers; `Window.record` has checked them. Nothing is counted without a user */
  record(record: RequestRecord): void {
    const { user } = record;
    if (user === undefined) return;
    const known = this.#entries.get(user) ?? this.#entries.get(boundedText(user));
    (known ?? this.#admit(keptText(user), this.#mostFolded)).stats.record(record);
    if (known === undefined) this.fold();
  }

  /**
   * Adds everything that `other` holds; associative and commutative as long as nothing is folded, and past that the
   * sums still are. `other` is left as it was, and may be this table.
   */
  merge(other: UserTable): void {
    const strangersLack = this.#mostFolded;
    const absentLack = other.#mostFolded;
    this.others.merge(other.others);
    if (absentLack > 0) this.#lackOfAbsent(other, absentLack);
    for (const { user, stats, folded } of [...other.#entries.values()]) {
      const own = this.#entries.get(user);
      if (own === undefined) this.#admit(user, folded + strangersLack).stats.merge(stats);
      else this.#addTo(own, stats, folded);
    }
    this.#mostFolded += absentLack;
    this.fold();
  }

  /** Adds an entry as if its requests had been recorded here. Its stats become the table's own. */
  adopt({ user, stats }: UserEntry): void {
    const own = this.#entries.get(user);
    if (own !== undefined) own.stats.merge(stats);
    else this.#entries.set(user, { user, stats, folded: this.#mostFolded });
    this.fold();
  }

  /** A user's stats, for somebody to add to who calls `fold` when all is added. */
  statsOf(user: string): EndpointStats {
    return (this.#entries.get(user) ?? this.#admit(user, this.#mostFolded)).stats;
  }

  /** Folds the lightest users where there are too many. */
  fold(): void {
    if (this.#entries.size <= 2 * this.maxUsers) return;
    const lightest = [...this.#entries.values()].sort(byWeight).slice(this.maxUsers);
    this.#mostFolded = Math.max(this.#mostFolded, lightest[0] === undefined ? 0 : weightOf(lightest[0]));
    for (const { user } of lightest) this.erase(user);
  }

  /** Moves a user's requests to `others`. @returns whether there was such a user */
  erase(user: string): boolean {
    const entry = this.#entries.get(user);
    if (entry === undefined) return false;
    this.others.merge(entry.stats);
    return this.#entries.delete(user);
  }

  /** In no order. */
  entries(): Iterable<UserEntry> {
    return this.#entries.values();
  }

  #admit(user: string, folded: number): TrackedEntry {
    const entry = { user, stats: new EndpointStats(), folded };
    this.#entries.set(user, entry);
    return entry;
  }

  #addTo(own: TrackedEntry, stats: EndpointStats, folded: number): void {
    own.stats.merge(stats);
    own.folded += folded;
  }

  /** Users of this table who have no entry in `other` may have been folded there. */
  #lackOfAbsent(other: UserTable, lack: number): void {
    for (const entry of this.#entries.values()) if (!other.#entries.has(entry.user)) entry.folded += lack;
  }
}

/** No user with an entry has had more requests. */
function weightOf({ stats, folded }: TrackedEntry): number {
  return stats.total + folded;
}

function byWeight(a: TrackedEntry, b: TrackedEntry): number {
  return weightOf(b) - weightOf(a) || heaviestFirst(a, b);
}
