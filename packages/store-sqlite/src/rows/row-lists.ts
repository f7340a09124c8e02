import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Level, SLICE, STEP_MS } from './levels.ts';
import { MAX_EPOCH_MS, PLAUSIBLE, type RowStamp } from './stored-row.ts';

/** A row as an index knows it: not checked. */
export interface ListedRow {
  readonly id: number;
  readonly level: Level;
  readonly minuteMs: number;
  /** Writer and sequence. With level and minute it names what the row holds, which never changes. */
  readonly name: string;
}

/** A row that reaches past the step it begins in; not checked. */
export type OverrunningRow = ListedRow & Pick<RowStamp, 'overrunMs' | 'rolled'>;

const LISTED = "id, level, minute AS minuteMs, writer || ' ' || sequence AS name";
const LEVELS: readonly Level[] = [0, 1, 2, 3];

/** Which rows there are. */
export class RowLists {
  readonly #all: StatementSync;
  readonly #unrolled: StatementSync;
  readonly #overrunning: StatementSync;
  readonly #first: StatementSync;
  readonly #last: StatementSync;
  readonly #lastEnd: StatementSync;
  readonly #count: StatementSync;
  readonly #misplaced: StatementSync;

  constructor(database: DatabaseSync) {
    const within = 'level = ? AND minute >= ? AND minute < ?';
    this.#all = database.prepare(
      `SELECT ${LISTED} FROM window INDEXED BY window_key WHERE ${within} ORDER BY minute, writer, sequence`,
    );
    this.#unrolled = database.prepare(
      `SELECT ${LISTED} FROM window INDEXED BY window_unrolled WHERE ${within} AND rolled = 0 ORDER BY minute`,
    );
    this.#overrunning = database.prepare(
      `SELECT ${LISTED}, overrun AS overrunMs, rolled FROM window INDEXED BY window_overrun
       WHERE level = ? AND minute < ? AND overrun > 0 AND ${PLAUSIBLE} ORDER BY minute`,
    );
    const edge = (order: string) =>
      database.prepare(
        `SELECT minute FROM window WHERE level = ? AND minute BETWEEN 0 AND ${MAX_EPOCH_MS}
         ORDER BY minute ${order} LIMIT 1`,
      );
    this.#count = database.prepare('SELECT count(*) AS n FROM window');
    this.#misplaced = database.prepare(
      `SELECT (SELECT count(*) FROM window WHERE level < 0) + (SELECT count(*) FROM window WHERE level > 3)
       + (SELECT count(*) FROM window WHERE level IN (0, 1, 2, 3) AND minute < 0)
       + (SELECT count(*) FROM window WHERE level IN (0, 1, 2, 3) AND minute > ${MAX_EPOCH_MS}) AS n`,
    );
    this.#first = edge('ASC');
    this.#last = edge('DESC');
    this.#lastEnd = database.prepare(
      `SELECT max(minute + overrun) AS minute FROM window INDEXED BY window_overrun
       WHERE level = ? AND overrun > 0 AND ${PLAUSIBLE}`,
    );
  }

  /** Rows of a level that begin in a range, in order of time. */
  all(level: Level, fromMs: number, toMs: number): ListedRow[] {
    return this.#all.all(level, fromMs, toMs) as unknown as ListedRow[];
  }

  /** Those of them that are not part of a row of the next level. A slice that says it is one is damaged. */
  unrolled(level: Level, fromMs: number, toMs: number): ListedRow[] {
    if (level === SLICE) return this.all(level, fromMs, toMs);
    return this.#unrolled.all(level, fromMs, toMs) as unknown as ListedRow[];
  }

  /** Rows of a level that begin before `fromMs` and end after it. */
  overrunning(level: Level, fromMs: number): OverrunningRow[] {
    const rows = this.#overrunning.all(level, fromMs) as unknown as (ListedRow & {
      overrunMs: number;
      rolled: number;
    })[];
    return rows
      .filter(({ minuteMs, overrunMs }) => minuteMs + STEP_MS[level] + overrunMs > fromMs)
      .map((row) => ({ ...row, rolled: row.rolled !== 0 }));
  }

  count(): number {
    return Number(this.#count.get()?.n);
  }

  /** Number of rows that are damaged so that nobody can say where they belong. */
  countMisplaced(): number {
    return Number(this.#misplaced.get()?.n);
  }

  /** Epoch milliseconds at which the first row begins; undefined without rows. */
  oldestMs(): number | undefined {
    const starts = LEVELS.map((level) => edgeOf(this.#first, level)).filter((ms) => ms !== undefined);
    return starts.length === 0 ? undefined : Math.min(...starts);
  }

  /** Epoch milliseconds at which the last row ends, as finely as it is known; undefined without rows. */
  newestMs(): number | undefined {
    let newest: { startMs: number; endMs: number } | undefined;
    let endMs = Number.NEGATIVE_INFINITY;
    for (const level of LEVELS) {
      const startMs = edgeOf(this.#last, level);
      if (startMs === undefined) continue;
      if (startMs > (newest?.startMs ?? Number.NEGATIVE_INFINITY))
        newest = { startMs, endMs: startMs + STEP_MS[level] };
      const overrunEndMs = edgeOf(this.#lastEnd, level);
      if (overrunEndMs !== undefined) endMs = Math.max(endMs, overrunEndMs + STEP_MS[level]);
    }
    return newest === undefined ? undefined : Math.max(newest.endMs, endMs);
  }
}

function edgeOf(statement: StatementSync, level: Level): number | undefined {
  const minute = statement.get(level)?.minute;
  return typeof minute === 'number' ? minute : undefined;
}
