import type { RouterMiddleware } from '@koa/router';
import { usersQuery } from '@tacho/api-contract';
import { type Clock, type KeyPeriod, usersReport } from '@tacho/core';
import { readQuery } from '../query.ts';
import type { RangeWindow } from '../range-window.ts';

interface UsersRoute {
  rangeWindow: RangeWindow;
  clock: Pick<Clock, 'now'>;
  keyPeriods: (() => readonly KeyPeriod[]) | undefined;
}

export function users({ rangeWindow, clock, keyPeriods }: UsersRoute): RouterMiddleware {
  return async (ctx) => {
    const { limit, ...range } = readQuery(ctx.querystring, usersQuery);
    const covered = await rangeWindow(ctx, range, { users: true });
    ctx.body = usersReport(covered, { nowMs: clock.now(), limit, keyPeriods: keyPeriods?.() });
  };
}
