import { type Clock, type KeyPeriod, usersPage } from '@tacho/core';
import { inTurns } from '../in-turns.ts';
import type { Paging } from '../paging/paging.ts';
import type { RangeWindow } from '../range-window.ts';
import type { Handler } from './handler.ts';

interface UsersRoute {
  rangeWindow: RangeWindow;
  paging: Paging;
  clock: Pick<Clock, 'now'>;
  keyPeriods: (() => readonly KeyPeriod[]) | undefined;
}

export function listUsers({ rangeWindow, paging, clock, keyPeriods }: UsersRoute): Handler<'listUsers'> {
  return async ({ ctx, query }) => {
    const request = paging.pageRequest('users', query);
    const covered = await rangeWindow(ctx, request.range, { users: true });
    const { limit } = query;
    const options = { ...request.options, limit, nowMs: clock.now(), keyPeriods: keyPeriods?.() };
    const { report, end } = await inTurns(usersPage(covered, options));
    paging.tellNext(ctx, request, end, covered.window);
    return report;
  };
}
