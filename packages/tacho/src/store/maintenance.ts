import { type Clock, SECOND_MS } from '@tacho/core';
import { errorText } from '../error-text.ts';
import type { Notices } from '../log/notices.ts';
import { within } from '../within.ts';
import { type Leadership, takePartInLeadership } from './leadership.ts';
import type { OpenedStore } from './open-store.ts';
import { type BackupPlan, scheduledBackups } from './scheduled-backups.ts';

/** A service that has just started has better things to do. */
const FIRST_LOOK_AFTER_MS = SECOND_MS;

/** How long the end of a process waits for the lease to be given back. */
const END_LIMIT_MS = 150;

const NOT_YET = { isLeader: false, leaderPid: undefined };

export interface MaintenanceOptions {
  readonly store: Pick<OpenedStore, 'windows' | 'state' | 'writer' | 'backup'>;
  /** Undefined where no backups are to be made. */
  readonly plan: BackupPlan | undefined;
  /** Sets going what is to be done about alerts. Returns at once, and never throws: nothing else waits for it. */
  readonly evaluateAlerts: () => void;
  /** Sets going what is to be done about reviews, in the same way. */
  readonly sendReports: () => void;
  readonly clock: Clock;
  readonly notices: Notices;
}

export interface Maintenance {
  readonly leadership: Pick<Leadership, 'isLeader' | 'leaderPid'>;
  end(): Promise<void>;
}

/** What one process does for all that share a store: it rolls up, lets go what is old, makes the backups, evaluates alerts and mails reviews. */
export function takePartInMaintenance(options: MaintenanceOptions): Maintenance {
  const { store, plan, evaluateAlerts, sendReports, clock, notices } = options;
  const { windows, state, writer: name, backup } = store;
  const makeBackup =
    plan === undefined || backup === undefined
      ? async () => {}
      : scheduledBackups({ plan, state, clock, backup });
  const duties = async (): Promise<void> => {
    evaluateAlerts();
    sendReports();
    await windows.maintain();
    await makeBackup().catch((error: unknown) =>
      notices.warnRarely('backup', `a scheduled backup failed: ${errorText(error)}`),
    );
  };
  let leadership: Leadership | undefined;
  const stopWaiting = clock.every(FIRST_LOOK_AFTER_MS, () => {
    stopWaiting();
    // The store itself says when it can't be used.
    leadership = takePartInLeadership({ state, name, pid: process.pid, clock, duties, onError: () => {} });
  });
  return {
    get leadership() {
      return leadership ?? NOT_YET;
    },
    async end() {
      stopWaiting();
      if (leadership !== undefined) await within(END_LIMIT_MS, leadership.end());
    },
  };
}
