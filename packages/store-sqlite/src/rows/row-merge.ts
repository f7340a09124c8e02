import { type EndpointNames, PackedMerge, type Sources, Window, type WindowLimits } from '@tacho/core';
import { DamagedRow, isDatabaseError } from './damaged-row.ts';
import type { ListedRow } from './row-lists.ts';
import type { CheckedRow, OpenedRow, RowReader } from './row-reader.ts';
import type { Part } from './stored-row.ts';

export interface MergedRows {
  /** Without those parts that were not asked for. */
  readonly window: Window;
  readonly sources: Sources;
  /** What was merged. */
  readonly rows: readonly CheckedRow[];
  /** The ids of rows that were left out. */
  readonly damaged: ReadonlySet<number>;
  /** Endpoints whose names are not known: they are counted as overflow. */
  readonly unnamed: number;
}

export interface MergeOptions {
  readonly reader: RowReader;
  readonly names: EndpointNames;
  readonly limits: WindowLimits;
}

/** Merges rows, in parts. One that is damaged, or whose payloads are not what they should be, is left out whole. */
export function mergeListed(
  rows: readonly ListedRow[],
  parts: readonly Part[],
  options: MergeOptions,
): MergedRows {
  const damaged = new Set<number>();
  for (;;) {
    const merged = attempt(rows, parts, options, damaged);
    if (merged !== undefined) return merged;
  }
}

/** @returns undefined where half of a row was merged before it was found damaged, so that all must begin again */
function attempt(
  listed: readonly ListedRow[],
  parts: readonly Part[],
  { reader, names, limits }: MergeOptions,
  damaged: Set<number>,
): MergedRows | undefined {
  const window = new Window(limits);
  const merge = new PackedMerge(window, names);
  const rows: CheckedRow[] = [];
  for (const row of listed) {
    if (damaged.has(row.id)) continue;
    const opened = openRow(reader, row, parts);
    const added = opened === undefined ? 'none' : addTo(merge, opened);
    if (opened !== undefined && added === 'all') rows.push({ id: row.id, stamp: opened.stamp });
    else damaged.add(row.id);
    if (added === 'some') return undefined;
  }
  return { window, sources: merge.sources, rows, damaged, unnamed: merge.unnamed };
}

function openRow(reader: RowReader, row: ListedRow, parts: readonly Part[]): OpenedRow | undefined {
  try {
    return reader.open(row, parts);
  } catch (error) {
    if (error instanceof DamagedRow) return undefined;
    throw error;
  }
}

function addTo(merge: PackedMerge, { parts }: OpenedRow): 'all' | 'some' | 'none' {
  let added: 'some' | 'none' = 'none';
  try {
    if (parts.endpoints !== undefined) merge.addEndpoints(parts.endpoints);
    if (parts.endpoints !== undefined) added = 'some';
    if (parts.users !== undefined) merge.addUsers(parts.users);
    if (parts.users !== undefined) added = 'some';
    if (parts.head !== undefined) merge.addHead(parts.head);
    return 'all';
  } catch (error) {
    if (isDatabaseError(error)) throw error;
    return added;
  }
}
