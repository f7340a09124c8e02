import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ceilTo, coarsen, floorTo, HOUR_MS, MINUTE_MS, packWindow } from '@tacho/core';
import type { Dictionary } from './dictionary.ts';
import { HOUR, type Level, MINUTE, SLICE, STEP_MS } from './levels.ts';
import type { ListedRow } from './row-lists.ts';
import { type MergedRows, type MergeOptions, mergeListed } from './row-merge.ts';
import type { RowWriter } from './row-writer.ts';
import { endMsOf, type Part, PLAUSIBLE } from './stored-row.ts';

/** How long after the last of them was stored the rows of a step become one, by their level. Steady milliseconds. */
const WAIT_MS = { [SLICE]: MINUTE_MS, [MINUTE]: 10 * MINUTE_MS, [HOUR]: 2 * HOUR_MS } as const;
const ROLLED_LEVELS = [SLICE, MINUTE, HOUR] as const;
/** What becomes one row at once. The rest of a step becomes a further row. */
const MAX_ROWS = 128;
const PARTS: readonly Part[] = ['head', 'endpoints', 'users'];

type RolledLevel = (typeof ROLLED_LEVELS)[number];

interface Candidate extends ListedRow {
  readonly overrunMs: number;
  readonly storedMs: number;
}

export interface RollUpOptions extends Omit<MergeOptions, 'names'> {
  readonly database: DatabaseSync;
  readonly dictionary: Dictionary;
  readonly rowWriter: RowWriter;
  /** The process's: writer of the rows that come of it. */
  readonly writer: string;
}

/** Makes slices into minutes, minutes into hours, and hours into days, each in one transaction of the caller's. */
export class RollUp {
  readonly #options: RollUpOptions;
  readonly #unrolled: StatementSync;
  /** Rows that could not be read: they stay as they are. */
  readonly #damaged = new Set<number>();
  #sequence = 0;

  constructor(options: RollUpOptions) {
    this.#options = options;
    this.#unrolled = options.database.prepare(
      `SELECT id, level, minute AS minuteMs, overrun AS overrunMs, stored AS storedMs
       FROM window INDEXED BY window_unrolled WHERE level = ? AND rolled = 0 AND ${PLAUSIBLE} ORDER BY minute`,
    );
  }

  /** Makes one row, of the finest and oldest that are due. @returns false where none are */
  step(steadyMs: number): boolean {
    for (const level of ROLLED_LEVELS) {
      const due = this.#nextDue(level, steadyMs);
      if (due === undefined) continue;
      this.#roll(level, due);
      return true;
    }
    return false;
  }

  #nextDue(level: RolledLevel, steadyMs: number): Candidate[] | undefined {
    let step: Candidate[] = [];
    for (const candidate of this.#unrolled.iterate(level) as Iterable<unknown> as Iterable<Candidate>) {
      if (this.#damaged.has(candidate.id)) continue;
      const [first] = step;
      if (first !== undefined && startOf(first) !== startOf(candidate)) {
        const due = dueOf(step, steadyMs);
        if (due !== undefined) return due;
        step = [];
      }
      step.push(candidate);
    }
    return dueOf(step, steadyMs);
  }

  #roll(level: RolledLevel, candidates: readonly Candidate[]): void {
    const { dictionary, rowWriter, writer } = this.#options;
    const merged = mergeListed(candidates, PARTS, { ...this.#options, names: dictionary });
    for (const id of merged.damaged) this.#damaged.add(id);
    const [first] = candidates;
    if (merged.rows.length === 0 || first === undefined) return;
    const into = (level + 1) as Exclude<Level, typeof SLICE>;
    const minuteMs = startOf(first);
    const storedMs = Math.max(...merged.rows.map(({ stamp }) => stamp.storedMs));
    const key = { level: into, minuteMs, writer, sequence: this.#sequence++ };
    const overrunMs = endOf(first) - minuteMs - STEP_MS[into];
    coarsen(merged.window, STEP_MS[into]);
    const packed = packWindow(dictionary.fit(merged.window), dictionary.at(storedMs), merged.sources);
    rowWriter.insert({ ...key, overrunMs, rolled: false, storedMs, hasUsers: true }, packed);
    this.#retire(level, merged.rows);
  }

  #retire(level: RolledLevel, rows: MergedRows['rows']): void {
    for (const row of rows) {
      if (level === SLICE) this.#options.rowWriter.delete(row.id);
      else this.#options.rowWriter.markRolled(row, level !== MINUTE);
    }
  }
}

/** Those of a step that lie in the same steps to the end, if their time has come. */
function dueOf(step: readonly Candidate[], steadyMs: number): Candidate[] | undefined {
  for (const endMs of new Set(step.map(endOf))) {
    const group = step.filter((candidate) => endOf(candidate) === endMs);
    const newestMs = Math.max(...group.map(({ storedMs }) => storedMs));
    const [first] = group;
    if (first !== undefined && newestMs <= steadyMs - WAIT_MS[first.level as RolledLevel])
      return group.slice(0, MAX_ROWS);
  }
  return undefined;
}

function startOf({ level, minuteMs }: ListedRow): number {
  return floorTo(minuteMs, STEP_MS[(level + 1) as Level]);
}

function endOf(row: Candidate): number {
  return ceilTo(endMsOf(row), STEP_MS[(row.level + 1) as Level]);
}
