import type { DatabaseSync } from 'node:sqlite';
import { DAY_MS, HOUR_MS, type Sources, type WindowLimits } from '@tacho/core';
import type { Keyring } from '@tacho/store';
import { Dictionary } from '../rows/dictionary.ts';
import { DAY, HOUR, type Level, MINUTE, SLICE } from '../rows/levels.ts';
import { Meta } from '../rows/meta.ts';
import { asOfOneMoment } from '../rows/one-moment.ts';
import { type ListedRow, RowLists } from '../rows/row-lists.ts';
import { mergeListed } from '../rows/row-merge.ts';
import { RowReader } from '../rows/row-reader.ts';
import { endMsOf, type Part } from '../rows/stored-row.ts';
import type { Fact } from './export-format.ts';
import { finestCover } from './finest-cover.ts';
import { SourceSet } from './source-set.ts';

/** More than any row holds: nothing is folded on the way. */
export const WHOLE_ROW: WindowLimits = {
  maxEndpoints: 100_000,
  maxSlowRequests: 100_000,
  maxSystemSamples: 1_000_000,
  maxRuntimeSamples: 1_000_000,
  maxUsers: 100_000,
};

/** A row whose head could be read. */
interface FoundRow {
  readonly listed: ListedRow;
  readonly level: Level;
  readonly sources: Sources;
  readonly hasUsers: boolean;
}

export interface FactsOfRows {
  readonly facts: readonly Fact[];
  /** How many rows were looked at. */
  readonly rows: number;
}

/**
 * What a store holds, each record once, as finely as it is still there. Where a row is damaged, a coarser one that
 * holds the same takes its place.
 */
export class StoredFacts {
  readonly #database: DatabaseSync;
  readonly #lists: RowLists;
  readonly #reader: RowReader;
  readonly #dictionary: Dictionary;
  readonly #damaged = new Set<number>();

  constructor(database: DatabaseSync, keyring: Keyring) {
    this.#database = database;
    this.#lists = new RowLists(database);
    this.#reader = new RowReader(database, keyring);
    this.#dictionary = new Dictionary(database, keyring, new Meta(database, keyring));
  }

  /** Rows that could not be read. */
  get damaged(): number {
    return this.#damaged.size;
  }

  /** Of how many rows `all` will tell. */
  countRows(): number {
    return Number(this.#database.prepare('SELECT count(*) AS rows FROM window').get()?.rows);
  }

  /**
   * In order of time, an hour or a day at once: each as of one moment, so that no reading holds up those who write.
   */
  *all(): Generator<FactsOfRows, void, undefined> {
    for (const dayMs of this.#days()) {
      const day = this.#reading(() => this.#dayOfItsOwn(dayMs));
      if (day === undefined) for (let hour = 0; hour < 24; hour++) yield this.#hour(dayMs + hour * HOUR_MS);
      yield day ?? { facts: [], rows: this.#lists.all(DAY, dayMs, dayMs + DAY_MS).length };
    }
  }

  #days(): number[] {
    return this.#database
      .prepare(`SELECT DISTINCT minute / ${DAY_MS} AS day FROM window ORDER BY day`)
      .all()
      .map(({ day }) => Number(day) * DAY_MS);
  }

  /** @returns undefined where finer rows hold all of the day */
  #dayOfItsOwn(dayMs: number): FactsOfRows | undefined {
    const toMs = dayMs + DAY_MS;
    if (this.#lists.all(DAY, dayMs, toMs).length === 0) return undefined;
    const listed = this.#listed([SLICE, MINUTE, HOUR, DAY], dayMs, toMs);
    const isNeeded = finestCover(this.#found(listed)).some(({ level }) => level === DAY);
    return isNeeded ? { facts: this.#factsOf(listed), rows: listed.length } : undefined;
  }

  #hour(hourMs: number): FactsOfRows {
    return this.#reading(() => {
      const listed = this.#listed([SLICE, MINUTE, HOUR], hourMs, hourMs + HOUR_MS);
      return { facts: this.#factsOf(listed), rows: listed.length };
    });
  }

  #listed(levels: readonly Level[], fromMs: number, toMs: number): ListedRow[] {
    return levels
      .flatMap((level) => this.#lists.all(level, fromMs, toMs))
      .sort((a, b) => a.minuteMs - b.minuteMs || a.level - b.level);
  }

  /** Again from the start whenever a row turns out to be damaged, for then others are needed in its place. */
  #factsOf(listed: readonly ListedRow[]): Fact[] {
    for (;;) {
      const damagedBefore = this.#damaged.size;
      const found = this.#found(listed);
      const cover = finestCover(found);
      const facts = cover.map((row) => this.#fact(row, rowsOfUsers(row, cover, found)));
      if (this.#damaged.size === damagedBefore) return facts.filter((fact) => fact !== undefined);
    }
  }

  #found(listed: readonly ListedRow[]): FoundRow[] {
    return listed.flatMap((row) => {
      const { rows, sources } = this.#merged([row], ['head']);
      const hasUsers = rows[0]?.stamp.hasUsers;
      return hasUsers === undefined ? [] : [{ listed: row, level: row.level, sources, hasUsers }];
    });
  }

  #fact({ listed, sources }: FoundRow, rowsOfUsers: readonly FoundRow[]): Fact | undefined {
    const { rows, window } = this.#merged([listed], ['head', 'endpoints', 'users']);
    const stamp = rows[0]?.stamp;
    if (stamp === undefined) return undefined;
    for (const row of rowsOfUsers) window.users.merge(this.#merged([row.listed], ['users']).window.users);
    const { level, minuteMs } = stamp;
    return { level, minuteMs, spanMs: endMsOf(stamp) - minuteMs, sources, window };
  }

  /** Without rows that are damaged. */
  #merged(rows: readonly ListedRow[], parts: readonly Part[]): ReturnType<typeof mergeListed> {
    const whole = rows.filter(({ id }) => !this.#damaged.has(id));
    const merged = mergeListed(whole, parts, {
      reader: this.#reader,
      names: this.#dictionary,
      limits: WHOLE_ROW,
    });
    for (const id of merged.damaged) this.#damaged.add(id);
    return merged;
  }

  #reading<Result>(read: () => Result): Result {
    return asOfOneMoment(this.#database, this.#dictionary, read);
  }
}

/**
 * Minutes that are part of an hour have no users any more: the hour has them. So the first of its minutes tells of
 * the users of them all.
 */
function rowsOfUsers(row: FoundRow, cover: readonly FoundRow[], found: readonly FoundRow[]): FoundRow[] {
  if (row.level !== MINUTE || row.hasUsers) return [];
  return found.filter((hour) => {
    if (hour.level !== HOUR || !hour.hasUsers) return false;
    const ofHour = new SourceSet(hour.sources);
    return cover.find((other) => other.level === MINUTE && ofHour.covers(other.sources)) === row;
  });
}
