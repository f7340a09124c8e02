import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MINUTE_MS } from '@tacho/core';
import { duration } from '../../figures.ts';
import type { Check } from '../check.ts';
import { ok, problem, skipped } from '../finding.ts';
import { isLocal } from '../store-place.ts';

const BACKUP = /^tacho-\d{8}T\d{6}Z\.db$/;

/** A leader looks every ten seconds, and tries again ten minutes after one that failed. */
const GRACE_MS = 15 * MINUTE_MS;

/** Whether the backups that are configured are made. */
export const backups: Check = {
  id: 'backups',
  group: 'store',
  async examine(patient) {
    const { store, process, notices } = await patient.service.health();
    if (store.backups === null) return [skipped('none are configured')];
    if (!isLocal(patient)) return [skipped('their folder is on another machine')];
    const { every_seconds, folder } = store.backups;
    const remedy = `Let the service write ${folder}, and make room there; its log has the reason.`;
    const failed = notices?.latest.findLast(({ text }) => text.includes('backup failed'));
    const newestMs = await newestIn(folder);
    const sinceMs = newestMs ?? Date.parse(process.started);
    const ageMs = Date.parse(process.now) - sinceMs;
    const age = duration(Math.round(ageMs / 1000));
    if (ageMs > every_seconds * 1000 + GRACE_MS)
      return [
        problem(
          newestMs === undefined
            ? `there is no backup in ${folder} after ${age}`
            : `the newest backup in ${folder} is ${age} old; one is due every ${duration(every_seconds)}`,
          remedy,
        ),
      ];
    if (failed !== undefined && (newestMs ?? 0) < Date.parse(failed.timestamp))
      return [problem(`the last backup failed: ${failed.text}`, remedy)];
    return [
      ok(newestMs === undefined ? 'the first backup is yet to come' : `the newest backup is ${age} old`),
    ];
  },
};

async function newestIn(folder: string): Promise<number | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => BACKUP.test(name)).sort();
  const newest = names.at(-1);
  return newest === undefined ? undefined : (await stat(join(folder, newest))).mtimeMs;
}
