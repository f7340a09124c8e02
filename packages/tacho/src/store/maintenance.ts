import type { Clock } from '@tacho/core';
import { errorText } from '../error-text.ts';
import type { Notices } from '../log/notices.ts';
import { within } from '../within.ts';
import { takePartInLeadership } from './leadership.ts';
import type { OpenedStore } from './open-store.ts';
import { type BackupPlan, scheduledBackups } from './scheduled-backups.ts';

/** How long the end of a process waits for the lease to be given back. */
const END_LIMIT_MS = 150;

export interface MaintenanceOptions {
  readonly store: Pick<OpenedStore, 'windows' | 'state' | 'writer' | 'backup'>;
  /** Undefined where no backups are to be made. */
  readonly plan: BackupPlan | undefined;
  readonly clock: Clock;
  readonly notices: Notices;
}

export interface Maintenance {
  readonly isLeader: boolean;
  end(): Promise<void>;
}

/** What one process does for all that share a store: it rolls up, lets go what is old, and makes the backups. */
export function takePartInMaintenance({ store, plan, clock, notices }: MaintenanceOptions): Maintenance {
  const { windows, state, writer: name, backup } = store;
  const makeBackup =
    plan === undefined || backup === undefined
      ? async () => {}
      : scheduledBackups({ plan, state, clock, backup });
  const leadership = takePartInLeadership({
    state,
    name,
    clock,
    duties: async () => {
      await windows.maintain();
      await makeBackup().catch((error: unknown) =>
        notices.warnRarely('backup', `a scheduled backup failed: ${errorText(error)}`),
      );
    },
    // The store itself says when it can't be used.
    onError: () => {},
  });
  return {
    get isLeader() {
      return leadership.isLeader;
    },
    async end() {
      await within(END_LIMIT_MS, leadership.end());
    },
  };
}
