import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DAY_MS, floorTo, joinedSources, packWindow, type Source, type Sources } from '@tacho/core';
import type { Keyring } from '@tacho/store';
import { inTransaction } from '../engine/transaction.ts';
import { Dictionary } from '../rows/dictionary.ts';
import { DroppedDaysList } from '../rows/dropped-days.ts';
import { DAY, HOUR, type Level, MINUTE, STEP_MS } from '../rows/levels.ts';
import { Meta } from '../rows/meta.ts';
import { RowWriter } from '../rows/row-writer.ts';
import { SteadyClock } from '../rows/steady-clock.ts';
import type { Fact } from './export-format.ts';

/** How much of a fact a store has already. */
type Known = 'nothing' | 'a part' | 'all';

export interface ImportedBatch {
  readonly known: number;
  /** Of `known`, the facts of which the store had only a part. */
  readonly partlyKnown: number;
}

/** Puts facts into a store as rows of their own, which are rolled up like any others. */
export class ImportedFacts {
  readonly #database: DatabaseSync;
  readonly #dictionary: Dictionary;
  readonly #rows: RowWriter;
  readonly #clock: SteadyClock;
  readonly #dropped: DroppedDaysList;
  readonly #accepted: AcceptedRanges;
  /** Of the rows: nobody else's have it. */
  readonly #writer = `import-${randomUUID()}`;
  #sequence = 0;

  constructor(database: DatabaseSync, keyring: Keyring) {
    const meta = new Meta(database, keyring);
    this.#database = database;
    this.#dictionary = new Dictionary(database, keyring, meta);
    this.#rows = new RowWriter(database, keyring);
    this.#clock = new SteadyClock(database, meta);
    this.#dropped = new DroppedDaysList(meta);
    this.#accepted = new AcceptedRanges(database);
  }

  /** All of them or, where it throws, none. @param nowMs epoch milliseconds */
  add(facts: readonly Fact[], nowMs: number): ImportedBatch {
    try {
      return inTransaction(this.#database, () => {
        this.#dictionary.sync();
        const steadyMs = this.#clock.at(nowMs);
        const known = facts.map((fact) => this.#add(fact, steadyMs));
        return {
          known: known.filter((how) => how !== 'nothing').length,
          partlyKnown: known.filter((how) => how === 'a part').length,
        };
      });
    } catch (error) {
      this.#dictionary.forget();
      throw error;
    }
  }

  #add({ level, minuteMs, spanMs, sources, window }: Fact, storedMs: number): Known {
    const joined = joinedSources(sources);
    const known = this.#accepted.know(joined);
    if (known !== 'nothing') return known;
    const stamp = {
      level: level as Level,
      minuteMs,
      writer: this.#writer,
      sequence: this.#sequence++,
      overrunMs: spanMs - STEP_MS[level as Level],
      rolled: false,
      storedMs,
      hasUsers: true,
    };
    const fitted = this.#dictionary.fit(window);
    this.#rows.insert(stamp, packWindow(fitted, this.#dictionary.at(storedMs), joined));
    for (const source of joined) this.#accepted.add(source, storedMs);
    if (stamp.level > MINUTE) this.#dropFiner(stamp.level === DAY ? HOUR : MINUTE, minuteMs);
    return known;
  }

  /** What the finer rows of a day say is not all of it from now on. */
  #dropFiner(level: typeof MINUTE | typeof HOUR, minuteMs: number): void {
    const dayMs = floorTo(minuteMs, DAY_MS);
    if (!this.#dropped.get()[level].includes(dayMs)) this.#dropped.add(level, dayMs);
  }
}

/** The table `accepted` in ranges, however long they are. Each call is part of the caller's transaction. */
class AcceptedRanges {
  readonly #overlapping: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#overlapping = database.prepare(
      'SELECT first, last FROM accepted WHERE writer = ? AND first <= ? AND last >= ? ORDER BY first',
    );
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO accepted (writer, first, last, stored) VALUES (?, ?, ?, ?)',
    );
    this.#remove = database.prepare('DELETE FROM accepted WHERE writer = ? AND first = ?');
  }

  know(sources: Sources): Known {
    const overlaps = sources.map((source) => this.#find(source, 0));
    if (overlaps.every((ranges) => ranges.length === 0)) return 'nothing';
    const isAll = sources.every(({ first, last }, index) =>
      overlaps[index]?.some((range) => range.first <= first && last <= range.last),
    );
    return isAll ? 'all' : 'a part';
  }

  /** @param source none of which is known @param storedMs steady milliseconds */
  add(source: Source, storedMs: number): void {
    const joined = joinedSources([source, ...this.#find(source, 1)]);
    for (const { writer, first } of this.#find(source, 1)) this.#remove.run(writer, first);
    for (const { writer, first, last } of joined) this.#put.run(writer, first, last, storedMs);
  }

  /** Ranges that share a sequence with the source, or are no further than `distance` from it. */
  #find({ writer, first, last }: Source, distance: number): Source[] {
    return this.#overlapping
      .all(writer, last + distance, first - distance)
      .map((range) => ({ writer, first: Number(range.first), last: Number(range.last) }));
  }
}
