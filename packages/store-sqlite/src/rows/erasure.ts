import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { PackedMerge, packWindow, Window, type WindowLimits } from '@tacho/core';
import { isDatabaseError } from './damaged-row.ts';
import type { Dictionary } from './dictionary.ts';
import type { Level } from './levels.ts';
import type { Meta } from './meta.ts';
import type { OpenedRow, RowReader } from './row-reader.ts';
import type { RowWriter } from './row-writer.ts';
import { PLAUSIBLE } from './stored-row.ts';

/** How many rows one step looks at. */
const LOOKED_AT = 64;

interface Candidate {
  readonly id: number;
  readonly level: Level;
  readonly minuteMs: number;
}

export interface ErasureOptions {
  readonly database: DatabaseSync;
  readonly reader: RowReader;
  readonly rowWriter: RowWriter;
  readonly dictionary: Dictionary;
  readonly meta: Meta;
  readonly limits: WindowLimits;
}

/** Rewrites the rows that name users, of whom nothing is left then; what they requested still counts. */
export class Erasure {
  readonly #options: ErasureOptions;
  readonly #rowsAfter: StatementSync;

  constructor(options: ErasureOptions) {
    this.#options = options;
    this.#rowsAfter = options.database.prepare(
      `SELECT id, level, minute AS minuteMs FROM window WHERE id > ? AND ${PLAUSIBLE} ORDER BY id LIMIT ?`,
    );
  }

  /**
   * Part of the caller's transaction.
   * @param afterId where the step before ended; 0 for the first
   * @returns where this one ended, or undefined once it has seen all rows
   */
  step(users: ReadonlySet<string>, afterId: number): { changed: number; lastId: number | undefined } {
    const rows = this.#rowsAfter.all(afterId, LOOKED_AT) as unknown as Candidate[];
    const changed = rows.filter((row) => this.#erase(row, users)).length;
    const { meta } = this.#options;
    if (changed > 0) meta.set('erasures', Number(meta.get('erasures') ?? 0) + 1);
    return { changed, lastId: rows.at(-1)?.id };
  }

  /** A row that can't be read names nobody. */
  #erase(candidate: Candidate, users: ReadonlySet<string>): boolean {
    const { reader, rowWriter, dictionary } = this.#options;
    try {
      const row = reader.open(candidate, ['head', 'users']);
      if (!this.#unpack(row).window.eraseUsers(users)) return false;
      const whole = reader.open(candidate, ['head', 'endpoints', 'users']);
      const { window, sources } = this.#unpack(whole);
      window.eraseUsers(users);
      const packed = packWindow(window, dictionary.at(row.stamp.storedMs), sources);
      rowWriter.rewrite(whole, row.stamp.hasUsers ? packed : { ...packed, users: undefined });
      return true;
    } catch (error) {
      if (isDatabaseError(error)) throw error;
      return false;
    }
  }

  #unpack({ parts }: OpenedRow): { window: Window; sources: PackedMerge['sources'] } {
    const window = new Window(this.#options.limits);
    const merge = new PackedMerge(window, this.#options.dictionary);
    if (parts.endpoints !== undefined) merge.addEndpoints(parts.endpoints);
    if (parts.users !== undefined) merge.addUsers(parts.users);
    if (parts.head !== undefined) merge.addHead(parts.head);
    return { window, sources: merge.sources };
  }
}
