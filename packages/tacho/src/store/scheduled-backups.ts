import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, MINUTE_MS } from '@tacho/core';
import type { State } from '@tacho/store';

/** Of the store's last backup, in milliseconds since the epoch: every process that leads goes by it. */
const LAST_BACKUP = 'backup:last';

/** After one that failed. */
const RETRY_AFTER_MS = 10 * MINUTE_MS;

const BACKUP_NAME = /^tacho-\d{8}T\d{6}Z\.db$/;

export interface BackupPlan {
  readonly everyMs: number;
  /** How many to keep. */
  readonly keep: number;
  readonly dir: string;
}

export interface ScheduledBackupsOptions {
  readonly plan: BackupPlan;
  readonly state: State;
  readonly clock: Pick<Clock, 'now'>;
  /** Writes a copy to a path at which there is nothing yet. */
  readonly backup: (path: string) => Promise<unknown>;
}

/**
 * A duty of the leader: makes a backup once the last is old enough, then removes its own oldest past `keep`. A clock
 * that was set back does not put the next one off: a last one in the future counts as none.
 */
export function scheduledBackups({
  plan,
  state,
  clock,
  backup,
}: ScheduledBackupsOptions): () => Promise<void> {
  return async () => {
    const nowMs = clock.now();
    const found = await state.get(LAST_BACKUP);
    const passedMs = found === undefined ? Number.POSITIVE_INFINITY : nowMs - Number(found);
    if (passedMs >= 0 && passedMs < plan.everyMs) return;
    // Said first, so that of two leaders one makes it.
    if (!(await state.compareAndSet(LAST_BACKUP, found, String(nowMs)))) return;
    try {
      await backup(join(plan.dir, backupName(nowMs)));
    } catch (error) {
      const dueAgain = String(nowMs - plan.everyMs + Math.min(RETRY_AFTER_MS, plan.everyMs));
      await state.compareAndSet(LAST_BACKUP, String(nowMs), dueAgain);
      throw error;
    }
    await removeOldest(plan);
  };
}

function backupName(nowMs: number): string {
  return `tacho-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')}.db`;
}

/** The names sort by time. */
async function removeOldest({ dir, keep }: BackupPlan): Promise<void> {
  const backups = (await readdir(dir)).filter((name) => BACKUP_NAME.test(name)).sort();
  for (const name of backups.slice(0, Math.max(0, backups.length - keep)))
    await rm(join(dir, name), { force: true });
}
