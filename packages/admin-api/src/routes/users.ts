import { type Clock, type KeyPeriod, usersReport } from '@tacho/core';
import type { RangeWindow } from '../range-window.ts';
import type { Handler } from './handler.ts';

interface UsersRoute {
  rangeWindow: RangeWindow;
  clock: Pick<Clock, 'now'>;
  keyPeriods: (() => readonly KeyPeriod[]) | undefined;
}

export function listUsers({ rangeWindow, clock, keyPeriods }: UsersRoute): Handler<'listUsers'> {
  return async ({ ctx, query: { limit, ...range } }) => {
    const covered = await rangeWindow(ctx, range, { users: true });
    return usersReport(covered, { nowMs: clock.now(), limit, keyPeriods: keyPeriods?.() });
  };
}
