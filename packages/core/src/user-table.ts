import { EndpointStats } from './endpoint-stats.ts';
import { compareText, keptText } from './kept-text.ts';
import type { RequestRecord } from './record.ts';

export interface UserEntry {
  /** The pseudonym. */
  readonly user: string;
  readonly stats: EndpointStats;
}

/** Most requests first; ties in the order of pseudonyms. */
export function heaviestFirst(a: UserEntry, b: UserEntry): number {
  return b.stats.total - a.stats.total || compareText(a.user, b.user);
}

/**
 * Stats by pseudonym for the heaviest users: at least `maxUsers` of them, twice as many before the lightest half is
 * folded into `others`. So a user who comes late still gets an entry, a heavy one keeps it, and the sum over all
 * users and `others` is exact.
 */
export class UserTable {
  readonly maxUsers: number;
  /** Requests of users that were folded: they are counted, but no longer told apart. */
  readonly others = new EndpointStats();
  readonly #entries = new Map<string, UserEntry>();

  constructor(maxUsers: number) {
    this.maxUsers = maxUsers;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** @param record with valid numbers; `Window.record` has checked them. Nothing is counted without a user */
  record(record: RequestRecord): void {
    if (record.user === undefined) return;
    const entry = this.#entries.get(record.user) ?? this.#admit(keptText(record.user));
    entry.stats.record(record);
    this.#fold();
  }

  /** Adds everything that `other` holds; associative and commutative up to what is folded. `other` is left as it was. */
  merge(other: UserTable): void {
    this.others.merge(other.others);
    for (const entry of other.entries()) this.#add(entry);
    this.#fold();
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

  #add({ user, stats }: UserEntry): void {
    (this.#entries.get(user) ?? this.#admit(user)).stats.merge(stats);
  }

  #admit(user: string): UserEntry {
    const entry = { user, stats: new EndpointStats() };
    this.#entries.set(user, entry);
    return entry;
  }

  #fold(): void {
    if (this.#entries.size <= 2 * this.maxUsers) return;
    for (const { user } of [...this.#entries.values()].sort(heaviestFirst).slice(this.maxUsers))
      this.erase(user);
  }
}
