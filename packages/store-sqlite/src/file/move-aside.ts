import { lstatSync, readdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { storeError, systemCode } from './sqlite-error.ts';

/** What SQLite keeps beside a file. */
export const COMPANIONS = ['-wal', '-shm', '-journal'] as const;

const KEPT = 3;

/**
 * Renames what stands at the path to `<path>.<label>-<utc>`, together with its log and journal. Of files that were
 * moved aside as corrupt, the newest three are kept.
 *
 * @returns the new path
 * @throws TachoError
 */
export function moveAside(path: string, nowMs: number, label = 'corrupt'): string {
  const target = freeName(`${path}.${label}-${compactUtc(nowMs)}`);
  try {
    renameSync(path, target);
  } catch (error) {
    throw storeError(error, path);
  }
  for (const companion of COMPANIONS) moveCompanion(path + companion, target + companion);
  if (label === 'corrupt') prune(path, label, target);
  return target;
}

/** `20260131T235959Z`: sorts by time, and no file system minds it. */
export function compactUtc(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/[-:]|\.\d+/g, '');
}

function freeName(wanted: string): string {
  let name = wanted;
  for (let count = 2; lstatSync(name, { throwIfNoEntry: false }) !== undefined; count++)
    name = `${wanted}-${count}`;
  return name;
}

function moveCompanion(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw storeError(error, from);
  }
}

/** Best effort: what can't be deleted stays. */
function prune(path: string, label: string, newest: string): void {
  const prefix = `${basename(path)}.${label}-`;
  const names = readdirSync(dirname(path)).filter(
    (name) => /^\d{8}T\d{6}Z(-\d+)?$/.test(name.slice(prefix.length)) && name.startsWith(prefix),
  );
  const moved = names
    .map((name) => join(dirname(path), name))
    .filter((name) => name !== newest)
    .sort();
  for (const old of moved.slice(0, Math.max(0, moved.length - (KEPT - 1)))) {
    for (const name of [old, ...COMPANIONS.map((companion) => old + companion)]) remove(name);
  }
}

function remove(path: string): void {
  try {
    if (lstatSync(path).isDirectory()) rmdirSync(path);
    else unlinkSync(path);
  } catch {
    return;
  }
}
