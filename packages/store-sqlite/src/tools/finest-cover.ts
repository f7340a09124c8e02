import type { Sources } from '@tacho/core';
import { SourceSet } from './source-set.ts';

/** A row of a store as far as it matters here. */
export interface CoverRow {
  /** 0 for a slice, 1 for a minute, 2 for an hour, 3 for a day. */
  readonly level: number;
  readonly sources: Sources;
}

const COARSE_LEVELS = [2, 3];

/**
 * The rows that hold all that others of them hold, each record once, as finely as it is still there: a coarser row
 * takes the place of the finer ones it was made from only where one of these is gone.
 *
 * @param rows those of a day, in which no two of a level share a source
 * @returns some of them, in the same order
 */
export function finestCover<Row extends CoverRow>(rows: readonly Row[]): Row[] {
  const chosen = new Set(rows.filter(({ level }) => level < 2));
  for (const level of COARSE_LEVELS) {
    const held = setOf(chosen);
    const incomplete = rows.filter((row) => row.level === level && !held.covers(row.sources));
    const replaced = setOf(incomplete);
    for (const row of chosen) if (replaced.covers(row.sources)) chosen.delete(row);
    for (const row of incomplete) chosen.add(row);
  }
  return rows.filter((row) => chosen.has(row));
}

function setOf(rows: Iterable<CoverRow>): SourceSet {
  return new SourceSet([...rows].flatMap(({ sources }) => sources));
}
